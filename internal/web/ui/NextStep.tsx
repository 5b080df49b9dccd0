import type { ComponentChildren } from 'preact'
import { t } from '../lib/words.ts'

/** NextStep is the one yellow card of a page: what is next, why (a person and a reason), how long, and the one button. */
export function NextStep(p: { title: ComponentChildren; reason?: ComponentChildren; facts?: ComponentChildren; eyebrow?: string; children: ComponentChildren }) {
  return (
    <section class="nextstep" aria-labelledby="nextstep">
      <div class="what">
        <p class="eyebrow">{p.eyebrow ?? t('ui.nextstep')}</p>
        <h2 id="nextstep">{p.title}</h2>
        {p.reason && <p class="reason">{p.reason}</p>}
        {p.facts && <p class="facts">{p.facts}</p>}
      </div>
      {p.children}
    </section>
  )
}
