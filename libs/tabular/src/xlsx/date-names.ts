import type { TableLocale } from '../table';

interface DateNames {
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  /** From Sunday. */
  readonly days: readonly string[];
  readonly shortDays: readonly string[];
  /** The order of a date without a format of its own, and the same in words. */
  readonly date: string;
  readonly longDate: string;
  readonly decimal: string;
}

const words = (text: string): readonly string[] => text.split(' ');

/** How Excel writes dates in each language (not how Intl does: "jan", not "jan."). */
export const DATE_NAMES: Readonly<Record<TableLocale, DateNames>> = {
  'pt-BR': {
    months: words('janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'),
    shortMonths: words('jan fev mar abr mai jun jul ago set out nov dez'),
    days: words('domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado'),
    shortDays: words('dom seg ter qua qui sex sáb'),
    date: 'dd/mm/yyyy',
    longDate: 'dddd, d "de" mmmm "de" yyyy',
    decimal: ',',
  },
  en: {
    months: words('January February March April May June July August September October November December'),
    shortMonths: words('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'),
    days: words('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
    shortDays: words('Sun Mon Tue Wed Thu Fri Sat'),
    date: 'm/d/yyyy',
    longDate: 'dddd, mmmm d, yyyy',
    decimal: '.',
  },
  es: {
    months: words('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'),
    shortMonths: words('ene feb mar abr may jun jul ago sep oct nov dic'),
    days: words('domingo lunes martes miércoles jueves viernes sábado'),
    shortDays: words('dom lun mar mié jue vie sáb'),
    date: 'dd/mm/yyyy',
    longDate: 'dddd, d "de" mmmm "de" yyyy',
    decimal: ',',
  },
};

/** Language of a Windows language code (its lower ten bits); `null` for one that is not ours. */
export function languageOf(code: number): TableLocale | null {
  const primary = code & 0x3ff;
  return primary === 0x16 ? 'pt-BR' : primary === 0x09 ? 'en' : primary === 0x0a ? 'es' : null;
}
