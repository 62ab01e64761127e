import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blankFont } from './blank-font';

/**
 * Hides the machine's fonts from Chromium: what it draws with then comes from the page, on every machine. Chromium does not
 * start without any font, so that it gets one without letters. Answers the file for `FONTCONFIG_FILE`.
 */
export async function hideMachineFonts(folder: string): Promise<string> {
  const fonts = join(folder, 'fonts');
  await mkdir(fonts, { recursive: true });
  await writeFile(join(fonts, 'blank.ttf'), blankFont());
  const file = join(folder, 'fonts.conf');
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>
`,
  );
  return file;
}
