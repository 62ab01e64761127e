import { describe, expect, it } from 'vitest';
import { assertGoodPassword, passwordFault } from './password-policy';

const OWNER = {
  email: 'juliana.ferreira@solnascente.com.br',
  name: 'Juliana Conceição Ferreira',
  accounts: ['Clínica Sol Nascente'],
};

const REFUSED: [why: string, password: string, fault: 'length' | 'weak'][] = [
  ['nothing', '', 'length'],
  ['11 characters', 'rio e ponte', 'length'],
  ['201 characters', 'rio '.repeat(50) + 'x', 'length'],
  ['digits in their order', '1234567890..', 'weak'],
  ['digits in their order, twice', '123456123456', 'weak'],
  ['one letter', 'aaaaaaaaaaaa', 'weak'],
  ['one letter, 200 times', 'a'.repeat(200), 'weak'],
  ['a part again and again', 'abcabcabcabc', 'weak'],
  ['a part again and again', 'a1b2c3a1b2c3', 'weak'],
  ['a row of the keyboard', 'qwertyuiopas', 'weak'],
  ['a zigzag on the keyboard', '1q2w3e4r5t6y', 'weak'],
  ['the alphabet', 'abcdefghijkl', 'weak'],
  ['the alphabet backwards', 'zyxwvutsrqpo', 'weak'],
  ['well known', 'password1234', 'weak'],
  ['well known, with signs for letters', 'P@ssw0rd1234', 'weak'],
  ['well known, in Portuguese', 'senha12345678', 'weak'],
  ['well known, in Spanish', 'contraseña123', 'weak'],
  ['a club and a year', 'flamengo2020', 'weak'],
  ['a country around a year', 'brasil2026brasil', 'weak'],
  ['a club with signs for letters, and a year', 'corinth1@ns-2024', 'weak'],
  ['a longer club and a year', 'corinthians2024', 'weak'],
  ['a club, capitals and signs', 'Corinthians.2024!', 'weak'],
  ['religion and digits', 'jesuscristo123', 'weak'],
  ['religion and more digits', 'deusefiel12345', 'weak'],
  ['love and digits', 'euteamomuito123', 'weak'],
  ['love in Spanish', 'te-quiero-mucho', 'weak'],
  ['a word around digits', 'mudar123mudar', 'weak'],
  ['a month and a year, with accents', 'Março-março-2026', 'weak'],
  ['two names and a year', 'mariajose1987', 'weak'],
  ['runs of digits', '1111222233334444', 'weak'],
  ['runs of two digits', '112233445566', 'weak'],
  ['runs of letters', 'aaaabbbbccccdddd', 'weak'],
  ['a role', 'administrador1', 'weak'],
  ['a role and a number', 'administrator-1', 'weak'],
  ['the product', 'ponteponteponte', 'weak'],
  ['the own address', 'juliana.ferreira@solnascente.com.br', 'weak'],
  ['the own address in capitals', 'Juliana.Ferreira@SolNascente.com.br', 'weak'],
  ['the own address and more', 'juliana.ferreira@solnascente.com.br1', 'weak'],
  ['a part of the own address', 'juliana.ferreira', 'weak'],
  ['the own name', 'Juliana Conceição Ferreira', 'weak'],
  ['the own name without accents', 'julianaconceicaoferreira', 'weak'],
  ['the own name and a year', 'Conceicao2026', 'weak'],
  ['the account', 'clinica sol nascente', 'weak'],
  ['the account, joined', 'ClínicaSolNascente', 'weak'],
];

const TAKEN = [
  'ponte sobre o rio',
  'lenha no forno de barro',
  'correct horse battery staple',
  'gato preto na rua',
  'chuva fina de manha',
  'tres barcos no cais',
  'duas barcas na ria',
  'quatro palavras e um rio',
  'quatro palavras que só a Rita sabe',
  'três línguas na mesma ponte',
  'chuva fina de manha cedo',
  'attacker knows this one',
  'amor, janela, abril e trem',
  'mi perro come pan tostado',
  '48813377290155',
  'uma-senha-boa',
  'ponte-rio-niteroi',
  'xk3v-92hd-qqmz-7wfa',
  'Tr0ub4dor&3-Zeppelin',
  'ção ção ão ẽ ñ ß',
  '😀 🎈 🚲 🌋 🦜 🥥',
  'наш кот спит весь день',
];

describe('passwordFault', () => {
  it.each(REFUSED)('refuses %s: %j', async (_, password, fault) => {
    expect(await passwordFault(password, OWNER)).toBe(fault);
  });

  it.each(TAKEN)('takes %j', async (password) => {
    expect(await passwordFault(password, OWNER)).toBeNull();
  });

  it('refuses for one person what another may take', async () => {
    const password = 'clinica sol nascente';
    expect(await passwordFault(password, { email: 'ana@ponte.example', name: 'Ana' })).toBeNull();
  });

  it('judges the longest password that there may be without holding up the process', async () => {
    const letters = Array.from({ length: 200 }, (_, index) => String.fromCharCode(33 + ((index * 37) % 90)));
    await passwordFault('warm up the list', OWNER);
    const before = process.cpuUsage();
    expect(await passwordFault(letters.join(''), OWNER)).toBeNull();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(300);
  });
});

describe('assertGoodPassword', () => {
  it('says which member it is about', async () => {
    await expect(assertGoodPassword('password1234', OWNER)).rejects.toMatchObject({
      code: 'password_weak',
      status: 422,
      details: { issues: [{ field: 'password', code: 'weak' }] },
    });
    await expect(assertGoodPassword('short', OWNER)).rejects.toMatchObject({
      code: 'request_invalid',
      details: { issues: [{ field: 'password', code: 'invalid' }] },
    });
  });
});
