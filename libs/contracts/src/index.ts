export * from './auth';
export * from './common';
export * from './contacts';
export * from './limits';
export * from './problems';
export * from './routes';
export * from './runs';
