import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { ContactFieldName } from '@ponte/contacts';
import { ProblemTexts } from '../../../i18n/problem-texts';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { defaultIssue } from './columns-defaults';
import { ColumnReasons } from './columns-reasons';
import { sourcesOf } from './columns-roles';
import { missingFields } from '../wizard-state';
import { WizardStore } from '../wizard-store';

/** One field of the contact: the columns that make it, what is missing, and what stands in for blank cells. */
@Component({
  selector: 'ponte-columns-field',
  imports: [Icon, MatButtonModule],
  templateUrl: './columns-field.html',
  styleUrl: './columns-field.scss',
  host: { '[class.missing]': 'isMissing()', '[class.found]': 'sources() !== ""' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ColumnsField {
  private readonly store = inject(WizardStore);
  private readonly reasons = inject(ColumnReasons);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = inject(Texts).t;

  readonly field = input.required<ContactFieldName>();
  readonly isRequired = input(false);

  private readonly box = viewChild<ElementRef<HTMLInputElement>>('box');
  private readonly mapping = computed(() => this.store.decisions()?.mapping ?? null);
  protected readonly title = computed(() => this.t(`fields.${this.field()}`));
  protected readonly sources = computed(() => {
    const [opened, mapping] = [this.store.opened(), this.mapping()];
    if (opened === null || mapping === null) return '';
    const names = sourcesOf(mapping.roles, this.field()).map((at) => this.reasons.name(opened, at));
    return names.join(' + ');
  });
  protected readonly isMissing = computed(() => {
    const mapping = this.mapping();
    return mapping !== null && missingFields(mapping).includes(this.field());
  });
  private readonly stored = computed(() => this.mapping()?.defaults[this.field()] ?? '');
  /** What stands in the box: kept there while it is not accepted. */
  protected readonly value = linkedSignal(() => this.stored());
  private readonly wasOpened = signal(false);
  protected readonly isOpen = computed(() => this.wasOpened() || this.stored() !== '');
  protected readonly issue = computed(() => {
    const code = defaultIssue(this.field(), this.value());
    return code === null ? null : this.problemTexts.ofField(code);
  });

  readonly isInTheWay = computed(() => this.isMissing() || this.issue() !== null);

  /** What is in the way may have become so a moment ago: it is on screen after the next rendering. */
  focusObstacle(): void {
    const focus = () => this.host.nativeElement.querySelector<HTMLElement>('[data-obstacle]')?.focus();
    afterNextRender(focus, { injector: this.injector });
  }

  protected open(): void {
    this.wasOpened.set(true);
    afterNextRender(() => this.box()?.nativeElement.focus(), { injector: this.injector });
  }

  /** Only a value that every row could take becomes a decision. */
  protected take(value: string): void {
    this.value.set(value);
    const mapping = this.mapping();
    if (mapping === null || this.issue() !== null || value.trim() === this.stored()) return;
    const { [this.field()]: _, ...others } = mapping.defaults;
    const defaults = value.trim() === '' ? others : { ...others, [this.field()]: value.trim() };
    this.store.decide({ mapping: { ...mapping, defaults } });
  }
}
