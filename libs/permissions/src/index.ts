export * from './define-ability';
