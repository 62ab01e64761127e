import { Injectable, type PipeTransform } from '@nestjs/common';
import { RequestProblem } from './request-problem';

/** The id in an address. What cannot be an id is not there, like an id that nobody has. */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,15}$/.test(value)) throw new RequestProblem('not_found');
    return Number(value);
  }
}
