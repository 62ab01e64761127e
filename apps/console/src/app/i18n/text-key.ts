import type ptBR from '../../i18n/pt-BR.json';

type Texts = typeof ptBR;

type Leaf<Node, Prefix extends string> = {
  [Key in keyof Node & string]: Node[Key] extends string
    ? `${Prefix}${Key}`
    : Leaf<Node[Key], `${Prefix}${Key}.`>;
}[keyof Node & string];

type Plural<Node, Prefix extends string> = {
  [Key in keyof Node & string]: Node[Key] extends string
    ? never
    : Node[Key] extends { one: string; other: string }
      ? `${Prefix}${Key}`
      : Plural<Node[Key], `${Prefix}${Key}.`>;
}[keyof Node & string];

/** Every text of the console by its dotted path: a key that does not exist is a compile error, in templates too. */
export type TextKey = Leaf<Texts, ''>;

/** Texts that come as `one` and `other`. */
export type PluralKey = Plural<Texts, ''>;
