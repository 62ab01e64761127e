import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AuditEventView } from '@ponte/contracts';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { AuditTexts } from './audit-texts';
import { type RunLink, runLink } from './run-link';

/** One page of events: when, who, what, how many, from where. */
@Component({
  selector: 'ponte-audit-table',
  imports: [RouterLink],
  templateUrl: './audit-table.html',
  styles: `
    .detail {
      display: block;
      font-weight: 400;
    }
    .detail > * + *::before {
      content: ' · ';
    }
    .way {
      margin-inline-start: 0.375rem;
    }
    @media (min-width: 48rem) {
      .what {
        min-inline-size: 16rem;
      }
      .way {
        display: block;
        margin: 0;
      }
    }
    @media (max-width: 47.99rem) {
      tr .none {
        display: none;
      }
      tr .what {
        padding-inline-end: 0;
      }
      tr .person,
      tr .when {
        display: inline-block;
        margin-inline-end: 1rem;
      }
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AuditTable {
  private readonly auditTexts = inject(AuditTexts);
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  protected readonly dateTime = inject(Formats).dateTime;
  protected readonly what = this.auditTexts.what;
  protected readonly run = runLink;
  readonly events = input.required<readonly AuditEventView[]>();
  readonly accountId = input.required<number>();
  /** Names of the members by their ids. */
  readonly names = input.required<ReadonlyMap<number, string>>();

  protected who(event: AuditEventView): string {
    return this.auditTexts.who(event);
  }

  protected way(event: AuditEventView): string {
    return this.auditTexts.way(event);
  }

  protected details(event: AuditEventView): readonly string[] {
    return this.auditTexts.details(event, this.names());
  }

  protected subject({ kind, id }: RunLink): string {
    return this.t(`audit.subjects.${kind}`, { id });
  }
}
