// Newer: a class has an earlier version of a unit than there is: what is different, and one tap to go on with it.
import type { NewerUnit } from '../lib/api.gen.ts'
import { t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'

/** most is how many differences stand there unasked. */
const most = 8

export function Newer({ of, unit, open, busy, take }: { of: NewerUnit; unit: string; open?: boolean; busy?: boolean; take: () => void }) {
  return (
    <div class="newer">
      <p><Icon name="info" /> <b>{t('newer.title')}</b></p>
      <p class="small quiet measure">{t('newer.what')}</p>
      {of.changes.length === 0
        ? <p class="small">{t('newer.changes', { n: 0 })}</p>
        : (
          <details class="why" open={open || of.changes.length <= most}>
            <summary><Icon name="list" />{t('newer.changes', { n: of.changes.length })}<Icon name="open" /></summary>
            <ul class="small newer-changes">{of.changes.map((c, i) => <li key={i} data-own>{t(`newer.${c.kind}`, { title: c.title, other: c.other })}</li>)}</ul>
          </details>
        )}
      <div><Button small busy={busy ?? false} label={t('newer.take.of', { unit })} onClick={take}>{t('newer.take')}</Button></div>
    </div>
  )
}
