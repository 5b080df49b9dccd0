import { useId, useState } from 'preact/hooks'
import { type AskedScaffold, paths, type TryScaffoldOut } from '../lib/api.gen.ts'
import { t } from '../lib/words.ts'
import { Answer, type AnswerProps, entered, noResponse, type Response } from './Answer.tsx'
import { Button } from './Button.tsx'
import { Drawn } from './Drawn.tsx'
import { Icon } from './Icon.tsx'

/** Subject is the item whose ladder this is. */
interface Subject { item: string; version: number; draw_n: number }

type Stand = 'open' | 'right' | 'not_yet' | 'unread' | 'away' | 'shown'

/** Scaffold is the smaller question of a rung: whoever cannot do the whole does it step by step. It is help and no test: nothing is
 * kept, the step can be shown at any time, and without the school it is shown. subject is null where nobody judges (a draft). */
export function Scaffold({ scaffold: s, subject }: { scaffold: AskedScaffold; subject: Subject | null }) {
  const id = useId()
  const [response, set] = useState<Response>(noResponse)
  const [stand, setStand] = useState<Stand>('open')
  const [said, say] = useState<TryScaffoldOut | null>(null)
  const [busy, setBusy] = useState(false)
  const kind = s.asked.kind as AnswerProps['kind']
  const over = stand === 'right' || stand === 'shown'
  const ready = entered(kind, response)
  const check = async () => {
    setBusy(true)
    const got = await tryScaffold(subject!, s.rung, { chosen: kind === 'choice' ? response.chosen : [], boxes: kind === 'choice' ? [] : Array.from({ length: kind === 'fraction' ? 3 : 1 }, (_, i) => response.boxes[i] ?? '') })
    setBusy(false)
    say(got)
    setStand(got ? got.outcome : 'away')
  }
  return (
    <form class="scaffold" onSubmit={(e) => { e.preventDefault(); if (ready && !busy && !over && subject) void check() }} aria-labelledby={id}>
      <p id={id} class="eyebrow">{t('ui.scaffold')}</p>
      {!over && (
        <>
          <Answer kind={kind} options={s.asked.options.map((o) => ({ i: o.index, text: o.text }))} unit={s.asked.unit} value={response} onInput={(next) => { set(next); if (stand !== 'open') setStand('open') }} by={id} subject={subject ? { ...subject, rung: s.rung } : undefined} letters={s.asked.letters} />
          <div class="row near">
            {subject && <Button small type="submit" busy={busy} disabled={!ready}>{t('ui.scaffold.check')}</Button>}
            <Button small kind="plain" onClick={() => setStand('shown')}>{t('ui.scaffold.show')}</Button>
          </div>
        </>
      )}
      <div role="status" class="scaffold-said">
        {stand === 'right' && <p class="scaffold-right"><Icon name="right" />{t('ui.right')}</p>}
        {stand === 'not_yet' && (said?.nudge.length ? <Drawn of={said.nudge} /> : <p>{t('ui.scaffold.notyet')}</p>)}
        {stand === 'unread' && <p>{t('ui.unread')}</p>}
        {stand === 'away' && <p>{t('ui.scaffold.away')}</p>}
        {over && <Drawn of={s.then} />}
      </div>
    </form>
  )
}

/** tryScaffold asks what a step's answer is worth; null where the school cannot say. */
async function tryScaffold(of: Subject, rung: number, response: Response): Promise<TryScaffoldOut | null> {
  try {
    const answer = await fetch(paths.try_scaffold, {
      method: 'POST', credentials: 'same-origin', signal: AbortSignal.timeout(8000), headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ ...of, rung, response }),
    })
    return answer.ok ? ((await answer.json()) as TryScaffoldOut) : null
  } catch {
    return null
  }
}

/** scaffoldOf draws the smaller question of a rung, counted from 1; null where it asks nothing. */
export function scaffoldOf(scaffolds: AskedScaffold[] | undefined, rung: number, subject: Subject | null) {
  const s = scaffolds?.find((x) => x.rung === rung)
  return s ? <Scaffold key={`${subject?.draw_n} ${rung}`} scaffold={s} subject={subject && { item: subject.item, version: subject.version, draw_n: subject.draw_n }} /> : null
}
