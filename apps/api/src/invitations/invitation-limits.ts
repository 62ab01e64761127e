import { Injectable } from '@nestjs/common';
import { PEOPLE_LIMITS } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { giveBack, rateLimit, spend, tooManyRequests } from '../platform/http/rate-limit';
import { RequestProblem } from '../platform/http/request-problem';
import { emailKey } from '../users';

const HOUR = 3600;
const DAY = 24 * HOUR;

const byPerson = (id: number) => `person ${id}`;
const toAddress = (email: string) => `address ${emailKey(email)}`;

/**
 * Limits invitations for who sends them and for the address that gets them, over all accounts: a new account
 * brings no new share.
 */
@Injectable()
export class InvitationLimits {
  private readonly inviters;
  private readonly addresses;

  constructor(dataSource: DataSource) {
    this.inviters = rateLimit(dataSource, 'invitations_by', PEOPLE_LIMITS.invitationsPerHour, HOUR);
    this.addresses = rateLimit(dataSource, 'invitations_to', PEOPLE_LIMITS.invitationsPerAddressAndDay, DAY);
  }

  /** Sends one invitation. Throws `too_many_requests` instead; a refusal of `send` is not counted. */
  async limited<T>(inviterId: number, email: string, send: () => Promise<T>): Promise<T> {
    const [inviter, address] = [byPerson(inviterId), toAddress(email)];
    await spend(this.inviters, inviter);
    try {
      await this.spendAddress(address);
    } catch (error) {
      await giveBack(this.inviters, inviter);
      throw error;
    }
    try {
      return await send();
    } catch (error) {
      if (error instanceof RequestProblem) {
        await giveBack(this.inviters, inviter);
        await giveBack(this.addresses, address);
      }
      throw error;
    }
  }

  /** An invitation that was accepted was wanted: it is not counted. */
  async forget(inviterId: number | null, email: string): Promise<void> {
    if (inviterId !== null) await giveBack(this.inviters, byPerson(inviterId));
    await giveBack(this.addresses, toAddress(email));
  }

  /** Answers a whole day: the rest of it would tell when another account invited the address. */
  private async spendAddress(address: string): Promise<void> {
    try {
      await spend(this.addresses, address);
    } catch (error) {
      throw error instanceof RequestProblem ? tooManyRequests(DAY) : error;
    }
  }
}
