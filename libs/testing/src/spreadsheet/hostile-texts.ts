/** Texts that some spreadsheet would calculate, at the beginning of a cell of ours or of a program that splits otherwise. */
export const HOSTILE_TEXTS: readonly string[] = [
  "Ana;=cmd|'/c calc'!A1;",
  ...['=1+1', ' =1+1', '"=1+1"', '""=1+1', '+1+1', '-1+1', '@SUM(1)', '|calc', '＝1+1'],
  ...[
    'Ana;=1+1',
    'Ana; =1+1',
    'Ana;"=1+1"',
    'Ana;""=1+1',
    'Ana;" =1+1;"',
    ';=1+1',
    ';;=1+1;',
    'Ana;\u00a0=1+1',
  ],
  ...['Lima, Ana;=1+1', 'Lima, "Ana;=1+1"', 'a,b;', '"a,b;"', 'Ana;"', 'Ana;"=1+1;"=2+2'],
  ...["'=1+1", "Ana;'=1+1", '=HYPERLINK("http://127.0.0.1";"Ana")', 'Ana;=HYPERLINK("http://127.0.0.1")'],
  ...["1+cmd|'/c calc'!A1", "*cmd|'/c calc'!A1"],
];

/** With tabs and line ends, which names do not keep, but cells of a file do. */
export const HOSTILE_CELLS: readonly string[] = [
  ...HOSTILE_TEXTS,
  ...['\t=1+1', '\n=1+1', '\r\n=1+1', 'Ana\t=1+1', 'Ana\t"=1+1"', 'Ana\n=1+1', 'Ana\r\n=1+1;', 'Ana\r=1+1\t'],
  ...['Ana;\t=1+1', 'Ana;\n"=1+1"', 'a,b\t', 'a,b;\n'],
];
