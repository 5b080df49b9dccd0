import type { AttemptOut } from '../lib/api.gen.ts'
import type { Entry } from '../lib/box.ts'
import { putAway } from '../lib/send.ts'
import { has, say, t } from '../lib/words.ts'
import { Appeal } from './Appeal.tsx'
import { Asked, Looked, type Shown } from './Asked.tsx'
import { Button } from './Button.tsx'
import { Drawn } from './Drawn.tsx'
import { NotYet, Verdict } from './Feedback.tsx'

/** Arrived tells what became of answers that reached the school after their page had gone on or was closed: each once, with
 * its question, until the person puts it away. Shell loads it when there is one. */
export function Arrived({ entries }: { entries: Entry[] }) {
  return (
    <section class="arrived stack near" aria-labelledby="arrived">
      <h2 id="arrived">{t(entries.every((e) => (e.told as AttemptOut).outcome === 'waiting') ? 'ui.arrived.teacher' : 'ui.arrived', { n: entries.length })}</h2>
      {entries.map((e) => <One key={e.op} entry={e} shown={e.show as Shown} out={e.told as AttemptOut} onSeen={() => void putAway(e.op)} />)}
    </section>
  )
}

function One({ entry: e, shown, out, onSeen }: { entry: Entry; shown: Shown; out: AttemptOut; onSeen: () => void }) {
  const more = (
    <>
      <details class="worked"><summary>{t('ui.arrived.question')}</summary><Asked asked={shown.asked} value={shown.response} onInput={() => {}} fixed /></details>
      {out.solution && out.solution.length > 0 && <details class="worked"><summary>{t('ui.solution')}</summary><Drawn of={out.solution} /></details>}
      <div class="row"><Button small onClick={onSeen}>{t('ui.arrived.seen')}</Button></div>
    </>
  )
  if (out.outcome === 'right') return <Verdict is="right">{more}</Verdict>
  if (out.outcome === 'waiting') return <><Looked by={out.teacher} />{more}</>
  if (out.outcome === 'not_yet') {
    return (
      <NotYet nudge={out.nudge} title={out.value ? t('ui.valueright') : undefined}>
        {out.slip && has(out.slip.code) && <p>{say(out.slip)}</p>}
        {out.fact && <Appeal learner={e.me} attempt={out.fact} />}
        {more}
      </NotYet>
    )
  }
  return <Verdict is="saved" title={t('ui.unread')}><p>{t('ui.unread.more')}</p>{more}</Verdict>
}
