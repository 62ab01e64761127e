import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Response } from 'express';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/config';
import type { PonteRequest } from './caller';
import { writeProblem } from './problem.filter';
import { RequestProblem } from './request-problem';

/** How soon a connection is ended after its last answer, while the process stops. */
const LOOK_MS = 100;

const RETRY_AFTER_SECONDS = 5;

/**
 * Ends an HTTP process without breaking an answer: readiness goes first, then the port, then every connection when its
 * answer is given. Uploads that are still coming after a while are told that the service stops.
 */
@Injectable()
export class Drain implements OnModuleInit, BeforeApplicationShutdown {
  isDraining = false;
  private readonly uploads = new Map<PonteRequest, Response>();
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

  /** Middleware: knows the uploads, and lets no connection be used again while the process stops. */
  readonly track = (request: PonteRequest, response: Response, next: NextFunction): void => {
    if (this.isDraining) response.setHeader('Connection', 'close');
    if (/^multipart\//i.test(request.headers['content-type'] ?? '')) {
      this.uploads.set(request, response);
      response.once('close', () => this.uploads.delete(request));
    }
    next();
  };

  async close(app: NestExpressApplication, { shutdown }: Config): Promise<void> {
    this.isDraining = true;
    await pause(shutdown.delaySeconds * 1000);
    const looking = setInterval(() => this.server.closeIdleConnections(), LOOK_MS);
    const late = setTimeout(() => this.endUploads(), shutdown.uploadSeconds * 1000);
    try {
      await app.close();
    } finally {
      clearInterval(looking);
      clearTimeout(late);
    }
  }

  beforeApplicationShutdown(): void {
    for (const socket of this.unused) socket.destroy();
  }

  private get server(): Server {
    return this.adapter.httpAdapter.getHttpServer() as Server;
  }

  private endUploads(): void {
    for (const [request, response] of this.uploads) {
      if (request.complete || response.headersSent) continue;
      response.setHeader('Connection', 'close');
      writeProblem(
        request,
        response,
        new RequestProblem('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS }),
      );
    }
  }
}
