// What was brought before, and taking it back: what that would do is said first.
import { useEffect, useState } from 'preact/hooks'
import { type BringView, type Folded, type PastImport, paths } from '../lib/api.gen.ts'
import { useActing } from '../lib/acting.ts'
import type { Problem } from '../lib/problem.ts'
import { dayOf, when } from '../lib/time.ts'
import { reload } from '../lib/page.ts'
import { rich, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorBox, toast } from '../ui/Says.tsx'
import { asked } from './asked.ts'
import { Reasons } from './Trial.tsx'

export function Past({ view, here }: { view: BringView; here: (id: string) => string }) {
  const [of, choose] = useState<PastImport | null>(null)
  const acting = useActing()
  const going = view.past.some((p) => p.undoing === 'going')
  useEffect(() => { // until it is out, the page asks how far it is
    if (!going) return
    const timer = setTimeout(() => void reload(), 800)
    return () => clearTimeout(timer)
  }, [view])
  if (view.past.length === 0) return null
  return (
    <section class="stack near" aria-labelledby="bring-past">
      <h2 id="bring-past">{t('bring.past')}</h2>
      <ul class="bring-past">
        {view.past.map((p) => (
          <li key={p.id}>
            <div>
              <p><b><bdi data-own>{p.file}</bdi></b></p>
              <p class="small quiet">{when(dayOf(p.at_ms))} · {p.by ? <bdi data-own>{p.by}</bdi> : t('bring.past.command')} · {t('bring.past.counts', { taken: p.taken, changed: p.changed })}</p>
              {p.undoing === 'going' && <p class="small bring-undoing" role="status"><progress max={p.all} value={p.done} aria-label={t('bring.past.undoing', { done: p.done, all: p.all })} />{t('bring.past.undoing', { done: p.done, all: p.all })}</p>}
              {p.undoing === 'stopped' && <p class="small" role="status">{t('bring.past.stopped', { done: p.done, all: p.all })}</p>}
              {p.undone_ms > 0 && <p class="small">{t('bring.past.undone', { day: when(dayOf(p.undone_ms)) })}</p>}
            </div>
            <div class="row near">
              {p.report && <LinkButton small kind="plain" href={here(p.id)} label={t('bring.past.report.of', { file: p.file })}>{t('bring.past.report')}</LinkButton>}
              {p.undoes && p.undoing === 'stopped' && <Button small busy={acting.busy} onClick={() => void acting.run(paths.undo_import, { id: p.id })} label={t('bring.past.goon.of', { file: p.file })}>{t('bring.past.goon')}</Button>}
              {p.undoes && !p.undoing && <Button small onClick={() => choose(p)} label={t('bring.undo.of', { file: p.file })}>{t('bring.undo')}</Button>}
            </div>
          </li>
        ))}
      </ul>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      <TakeBack id={of?.id ?? ''} file={of?.file ?? ''} onClose={() => choose(null)} onDone={() => choose(null)} />
    </section>
  )
}

/** answersOf is how many answers stand on what would be withdrawn. */
const answersOf = (r: Folded) => r.reasons.flatMap((x) => x.records).reduce((n, x) => n + (x.say.code === 'import.undo.withdrawn' ? Number(x.say.args?.n ?? 0) : 0), 0)

/** TakeBack asks the school what taking an import back would do, then does it. id '' is closed. */
export function TakeBack({ id, file, onClose, onDone }: { id: string; file: string; onClose: () => void; onDone: () => void }) {
  const acting = useActing()
  const [would, setWould] = useState<Folded | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    setWould(null)
    setProblem(null)
    if (!id) return
    const stop = new AbortController()
    void asked<Folded>(paths.preview_undo, { id }, stop.signal).then((answer) => {
      if (stop.signal.aborted) return
      if (answer.ok) setWould(answer.data)
      else setProblem(answer.problem)
    })
    return () => stop.abort()
  }, [id])
  const go = async () => {
    if (await acting.run(paths.undo_import, { id })) { toast(t('bring.undo.begun')); onDone() }
  }
  return (
    <Dialog
      open={id !== ''} onClose={() => { acting.clear(); onClose() }} title={rich('bring.undo.title', { file: <bdi data-own>{file}</bdi> })}
      footer={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy || !would} onClick={() => void go()}>{t('bring.undo')}</Button></>}
    >
      {!would && !problem && <p role="status">{t('bring.undo.looking')}</p>}
      {would && <p>{answersOf(would) > 0 ? t('bring.undo.answers', { n: answersOf(would) }) : t('bring.undo.none')}</p>}
      {would && <Reasons of={would.reasons} />}
      {(problem ?? acting.problem) && <ErrorBox problem={(problem ?? acting.problem)!} />}
    </Dialog>
  )
}
