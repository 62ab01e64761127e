import { preferredLocale } from './texts';

describe('preferredLocale', () => {
  it.each<[title: string, remembered: string | null, languages: string[], expected: string]>([
    ['what was chosen here', 'es', ['en-US'], 'es'],
    ['not what was never a choice', 'tlh', ['en-US'], 'en'],
    ['the first language that is spoken', null, ['fr-FR', 'es-AR', 'en'], 'es'],
    ['Portuguese of any country', null, ['pt-PT'], 'pt-BR'],
    ['the default', null, ['ja'], 'pt-BR'],
  ])('%s', (_, remembered, languages, expected) => {
    expect(preferredLocale(remembered, languages)).toBe(expected);
  });
});
