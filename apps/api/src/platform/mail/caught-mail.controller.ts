import { Controller, Get, Header, Headers, Inject, Param, UseGuards } from '@nestjs/common';
import { LOCALES } from '@ponte/contracts';
import { CONFIG, type Config } from '../config/config';
import { Public } from '../http/access';
import { OwnMachineGuard } from '../http/private-access';
import { RequestProblem } from '../http/request-problem';
import { pickLocale } from '../texts/texts';
import { listCaughtMails, readCaughtMail } from './caught-mail';
import { CAUGHT_MAIL_POLICY, caughtMailList, caughtMailPage } from './caught-mail-page';

/** The mailbox of the embedded mode, for the person at this machine and for scripts. Exists in that mode alone. */
@Public()
@UseGuards(OwnMachineGuard)
@Controller()
export class CaughtMailController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get('caught-mail')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CAUGHT_MAIL_POLICY)
  @Header('Cache-Control', 'no-store')
  async list(@Headers('accept-language') languages: string | undefined): Promise<string> {
    return caughtMailList(await listCaughtMails(this.directory), pickLocale(languages, LOCALES[0]));
  }

  @Get('caught-mail.json')
  @Header('Cache-Control', 'no-store')
  async listForScripts(): Promise<object[]> {
    const mails = await listCaughtMails(this.directory);
    return mails.map(({ messageId, time, ...mail }) => ({
      ...mail,
      time: time.toISOString(),
      message_id: messageId,
    }));
  }

  @Get('caught-mail/:name')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CAUGHT_MAIL_POLICY)
  @Header('Cache-Control', 'no-store')
  async show(
    @Param('name') name: string,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<string> {
    const mail = await readCaughtMail(this.directory, name);
    if (mail === null) throw new RequestProblem('not_found');
    return caughtMailPage(mail, pickLocale(languages, LOCALES[0]));
  }

  private get directory(): string {
    const { caughtMailDirectory } = this.config;
    if (caughtMailDirectory === null) throw new RequestProblem('not_found');
    return caughtMailDirectory;
  }
}
