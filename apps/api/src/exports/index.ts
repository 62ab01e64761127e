export { ExportsModule } from './exports.module';
export { plainText } from './xml-text';
