import type { ComponentChildren } from 'preact'
import { t } from '../lib/words.ts'
import { Icon } from './Icon.tsx'

/** Because is one piece of evidence in words: what, and when or how it counts. */
export interface Because { what: ComponentChildren; when?: ComponentChildren }

/** Why opens what a number, a status or a suggestion rests on. about says of what, for those who hear the page. */
export function Why({ about, reason, evidence, children }: { about: string; reason?: ComponentChildren; evidence?: Because[]; children?: ComponentChildren }) {
  return (
    <details class="why">
      <summary><Icon name="why" />{t('ui.why')}<span class="hear" data-own> {about}</span><Icon name="open" /></summary>
      <div class="because">
        {reason && <p>{reason}</p>}
        {evidence && evidence.length > 0 && (
          <>
            <p class="eyebrow">{t('ui.evidence')}</p>
            <ul class="evidence">{evidence.map((e, i) => <li key={i}><span>{e.what}</span>{e.when && <span class="quiet">{e.when}</span>}</li>)}</ul>
          </>
        )}
        {children}
      </div>
    </details>
  )
}
