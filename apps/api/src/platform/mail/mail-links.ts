import { Injectable } from '@nestjs/common';
import type { LinkKind, LinkMessage, Recipient, SentMessage, WaitingLink, WaitingMessage } from './messages';

/** A message with its link in it, and who gets it now. */
export type MadeLink = LinkMessage & { to: Recipient };

/**
 * Makes a fresh link that opens the invitation or reset of that id, keeps its hash with it, and commits; null when there
 * is nothing to open any more.
 */
export type LinkMaker = (id: number) => Promise<MadeLink | null>;

/** Who makes the links of e-mails: each feature registers its own kind, in the worker. */
@Injectable()
export class MailLinks {
  private readonly makers = new Map<LinkKind, LinkMaker>();

  register(kind: LinkKind, maker: LinkMaker): void {
    this.makers.set(kind, maker);
  }

  /**
   * The message as it is sent. The hash of a link is committed before the mail server sees the link: an e-mail that is
   * delivered twice, because a worker died in between, then holds a link that works both times.
   */
  async complete(waiting: WaitingMessage, to: Recipient): Promise<(SentMessage & { to: Recipient }) | null> {
    if (!isLink(waiting)) return { ...waiting, to };
    const maker = this.makers.get(waiting.kind);
    if (maker === undefined) throw new Error(`Nothing makes the links of ${waiting.kind}.`);
    return maker(waiting.data.link_of);
  }
}

function isLink(waiting: WaitingMessage): waiting is WaitingLink {
  return 'link_of' in waiting.data;
}
