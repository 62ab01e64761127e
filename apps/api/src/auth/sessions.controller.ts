import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import type { List, SessionView } from '@ponte/contracts';
import { SignedIn, type Caller } from '../platform/http/caller';
import { IdPipe } from '../platform/http/id.pipe';
import { Sessions } from './sessions';

@Controller('profile/sessions')
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  list(@SignedIn() caller: Caller): Promise<List<SessionView>> {
    return this.sessions.list(caller);
  }

  @Delete()
  @HttpCode(204)
  endOthers(@SignedIn() caller: Caller): Promise<void> {
    return this.sessions.endOthers(caller);
  }

  @Delete(':id')
  @HttpCode(204)
  endOne(@SignedIn() caller: Caller, @Param('id', IdPipe) id: number): Promise<void> {
    return this.sessions.endOne(caller, id);
  }
}
