import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** Light modules around the code, without which readers do not find it. */
const BORDER = 4;

/** One path of unit squares, dark modules alone. */
export function qrPath(data: readonly (readonly boolean[])[]): string {
  return data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
}

/** Dark on white in both themes: many readers refuse light on dark. */
@Component({
  selector: 'ponte-qr-code',
  template: `
    <svg [attr.viewBox]="viewBox()" role="img" [attr.aria-label]="label()" shape-rendering="crispEdges">
      <rect [attr.width]="code().size" [attr.height]="code().size" fill="#fff" />
      <path [attr.d]="path()" fill="#000" />
    </svg>
  `,
  styles: `
    svg {
      display: block;
      inline-size: min(100%, 13rem);
      border-radius: 8px;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class QrCode {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  protected readonly code = computed(() => encode(this.text(), { ecc: 'M', border: BORDER }));
  protected readonly viewBox = computed(() => `0 0 ${this.code().size} ${this.code().size}`);
  protected readonly path = computed(() => qrPath(this.code().data));
}
