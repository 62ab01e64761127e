import { ChangeDetectionStrategy, Component } from '@angular/core';

/** The bridge and the name. */
@Component({
  selector: 'ponte-brand',
  template: `
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" class="ground" />
      <path d="M5 22h22M5 22c0-6.6 4.9-12 11-12s11 5.4 11 12M11 22v-9.6M16 22V10M21 22v-9.6" />
      <circle cx="26" cy="7" r="3" />
    </svg>
    <span>Ponte</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.625rem;
      font-size: 1.25rem;
      font-weight: 750;
      letter-spacing: -0.02em;
    }
    svg {
      inline-size: 2rem;
      block-size: 2rem;
    }
    .ground {
      fill: light-dark(#00696f, #0b8a91);
    }
    path {
      fill: none;
      stroke: #fff;
      stroke-width: 2.25;
      stroke-linecap: round;
    }
    circle {
      fill: #ffb870;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Brand {}
