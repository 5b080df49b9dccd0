import { useState } from 'preact/hooks'
import { type ObjectiveStanding, paths, type SelfPage } from '../lib/api.gen.ts'
import { mount, reload } from '../lib/page.ts'
import { send } from '../lib/send.ts'
import { together } from '../lib/together.ts'
import { t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { SaveState } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'
import { StatusChip } from '../ui/Status.tsx'
import { stepHref, stepName } from '../ui/Steps.tsx'

type Says = 'yes' | 'bit' | 'not_yet'

function Self({ view }: { view: SelfPage }) {
  const [mine, setMine] = useState<Record<string, Says>>({})
  const said = view.objectives.filter((o) => mine[o.id] || o.says).length
  const put = async (o: ObjectiveStanding, says: Says) => {
    setMine((was) => ({ ...was, [o.id]: says }))
    const answer = await send(paths.rate_self, { learner: view.learner, class_unit: view.unit?.id ?? '', objective: o.id, says }, { keep: true })
    if (answer.ok && !view.objectives.some((x) => x.says)) await reload()
  }
  const next = view.next && view.next.kind !== 'self' ? view.next : null
  return (
    <Shell width="narrow">
      <div><h1>{t('self.heading')}</h1><p class="quiet">{t('self.more', { teacher: view.unit?.teacher ?? '' })}</p></div>
      <ol class="stack">
        {view.objectives.map((o) => (
          <li key={o.id} class="card ican">
            <h2 data-own>{together(o.i_can)}</h2>
            <Segmented<Says>
              label={<span data-own>{together(o.i_can)}</span>} stretch value={mine[o.id] ?? ((o.says || null) as Says | null)} onChange={(v) => void put(o, v)}
              options={[{ value: 'yes', words: t('self.yes') }, { value: 'bit', words: t('self.bit') }, { value: 'not_yet', words: t('self.not_yet') }]}
            />
            {o.skills.some((s) => s.status !== 'not_started') && (
              <div class="row near beside"><span class="small quiet">{t('self.beside')}</span>{o.skills.map((s) => <StatusChip key={s.id} status={s.status}><span data-own>{s.title}</span></StatusChip>)}</div>
            )}
          </li>
        ))}
      </ol>
      <p class="quiet" role="status">{t('self.said', { n: said, of: view.objectives.length })}</p>
      <div class="row">
        {said > 0 && (next
          ? <LinkButton kind="primary" href={stepHref(next, view.unit?.id ?? '')} after="next">{stepName(next)}</LinkButton>
          : <LinkButton kind="primary" href="/home" after="next">{t('self.home')}</LinkButton>)}
      </div>
      <SaveState />
    </Shell>
  )
}

mount(Self)
