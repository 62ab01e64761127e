import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/config';

/** How soon a connection is ended after its last answer, while the process stops. */
const LOOK_MS = 100;

/**
 * Ends an HTTP process without breaking an answer: readiness goes first, then the port, then every connection when its
 * answer is given.
 */
@Injectable()
export class Drain implements OnModuleInit, BeforeApplicationShutdown {
  isDraining = false;
  /** Browsers open connections in advance; Node, which ends those that are idle after an answer, would wait for them. */
  private readonly unused = new Set<Socket>();

  constructor(private readonly adapter: HttpAdapterHost) {}

  onModuleInit(): void {
    this.server.on('connection', (socket: Socket) => {
      this.unused.add(socket);
      socket.once('close', () => this.unused.delete(socket));
    });
    this.server.on('request', ({ socket }: IncomingMessage) => this.unused.delete(socket));
  }

  /** Middleware: lets no connection be used again while the process stops. */
  readonly track = (_request: Request, response: Response, next: NextFunction): void => {
    if (this.isDraining) response.setHeader('Connection', 'close');
    next();
  };

  async close(app: NestExpressApplication, { shutdown }: Config): Promise<void> {
    this.isDraining = true;
    await pause(shutdown.delaySeconds * 1000);
    const looking = setInterval(() => this.server.closeIdleConnections(), LOOK_MS);
    try {
      await app.close();
    } finally {
      clearInterval(looking);
    }
  }

  beforeApplicationShutdown(): void {
    for (const socket of this.unused) socket.destroy();
  }

  private get server(): Server {
    return this.adapter.httpAdapter.getHttpServer() as Server;
  }
}
