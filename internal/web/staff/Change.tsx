// What becomes of answers that were given to an item before it is changed, copied or taken down: the choice, with who would be
// affected by each, worked out by the school and stored nowhere.
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import { type Affected, type AuthorPage, type ChangedOut, type Draft, type PreviewChangeOut, paths } from '../lib/api.gen.ts'
import type { Acting } from '../lib/acting.ts'
import type { Problem } from '../lib/problem.ts'
import { t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { StatusMark } from '../ui/Status.tsx'
import { asked } from './asked.ts'

export type Choice = 'edit' | 'copy'
type Evidence = 'keep' | 'rescore' | 'withdraw'
interface Props { view: AuthorPage; draft: Draft; close: () => void; acting: Acting }

function useChange(view: AuthorPage, draft: Draft, open: boolean, take: boolean): { out: PreviewChangeOut | null; problem: Problem | null } {
  const [state, set] = useState<{ out: PreviewChangeOut | null; problem: Problem | null }>({ out: null, problem: null })
  useEffect(() => {
    if (!open) return
    set({ out: null, problem: null })
    void asked<PreviewChangeOut>(paths.preview_change, { class: view.class.id, item: view.item, draft, take }).then((got) => set(got.ok ? { out: got.data, problem: null } : { out: null, problem: got.problem }))
  }, [open])
  return state
}

/** Fate is the choice itself. Where nobody has answered there is nothing to choose. */
function Fate({ out, value, set, rescore }: { out: PreviewChangeOut; value: Evidence; set: (next: Evidence) => void; rescore: boolean }) {
  if (out.answered === 0) return <p>{t('author.fate.nobody')}</p>
  const all: Evidence[] = rescore ? ['keep', 'rescore', 'withdraw'] : ['keep', 'withdraw']
  return (
    <fieldset class="author-fate">
      <legend class="label">{t('author.fate', { n: out.answered })}</legend>
      {all.map((e) => (
        <One key={e} name="fate" on={e === value} set={() => set(e)} words={t(`author.fate.${e}`)} more={t(`author.fate.${e}.more`)}>
          {e !== 'keep' && <Effect of={e === 'rescore' ? out.rescore : out.withdraw} how={e} />}
        </One>
      ))}
    </fieldset>
  )
}

/** One is one of a few choices, with what it means beneath its words. */
function One(p: { name: string; on: boolean; set: () => void; words: string; more: string; children?: ComponentChildren }) {
  const id = useId()
  return (
    <div class={p.on ? 'author-one on' : 'author-one'}>
      <input id={id} type="radio" name={p.name} checked={p.on} onChange={p.set} />
      <div><label for={id}><b>{p.words}</b> <span class="small quiet">{p.more}</span></label>{p.children}</div>
    </div>
  )
}

/** Effect says whom a choice would touch, and whose word would be another. */
function Effect({ of, how }: { of: Affected; how: Evidence }) {
  return (
    <div class="author-effect small">
      <span>{t(`author.effect.${how}`, { n: of.answers, learners: of.learners })}</span>
      {of.moves.map((m, i) => (
        <span key={i} class="author-move"><bdi data-own>{m.skill}</bdi> <StatusMark status={m.from} /> → <StatusMark status={m.to} /> <span>{t('author.effect.n', { n: m.n })}</span>{m.learners.length > 0 && <> <bdi data-own>{m.learners.slice(0, 6).map((l) => l.name).join(', ')}</bdi></>}</span>
      ))}
      {of.answers > 0 && of.moves.length === 0 && <span>{t('author.effect.same')}</span>}
      {of.unjudged > 0 && <span>{t('author.effect.unjudged', { n: of.unjudged })}</span>}
      {of.ruled > 0 && <span>{t('author.effect.ruled', { n: of.ruled })}</span>}
      {of.elsewhere > 0 && <span>{t('author.effect.elsewhere', { n: of.elsewhere })}</span>}
    </div>
  )
}

/** Change publishes a further version of the teacher's own item, or a copy that may take the other's place. */
export function Change({ view, draft, choice, close, acting, done }: Props & { choice: Choice | null; done: () => void }) {
  const [fate, setFate] = useState<Evidence>('keep')
  const [instead, replace] = useState(true)
  const copy = choice === 'copy'
  const { out, problem } = useChange(view, draft, choice !== null, copy)
  const go = async () => {
    const sent = copy
      ? instead ? await acting.run<ChangedOut>(paths.replace_item, { class: view.class.id, item: view.item, draft, evidence: fate }) : await acting.run<unknown>(paths.add_item, { class: view.class.id, draft, from: view.item })
      : await acting.run<ChangedOut>(paths.edit_item, { class: view.class.id, item: view.item, version: view.version, draft, evidence: fate })
    close()
    if (sent !== null) done()
  }
  return (
    <Dialog
      open={choice !== null} onClose={close} title={t(copy ? 'author.copy.title' : 'author.change.title')}
      footer={<><Button onClick={close}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy || (!out && !problem)} onClick={() => void go()}>{t(copy ? (instead ? 'author.copy.replace' : 'author.copy.beside') : 'author.publish.change')}</Button></>}
    >
      {copy && (
        <fieldset class="author-fate">
          <legend class="label">{t('author.copy.which')}</legend>
          {[true, false].map((v) => <One key={String(v)} name="instead" on={v === instead} set={() => replace(v)} words={t(v ? 'author.copy.replace' : 'author.copy.beside')} more={t(v ? 'author.copy.replace.more' : 'author.copy.beside.more')} />)}
        </fieldset>
      )}
      {problem && <ErrorBox problem={problem} />}
      {!out && !problem && <p class="quiet" role="status">{t('author.fate.asking')}</p>}
      {out && (!copy || instead) && <Fate out={out} value={fate} set={setFate} rescore={!copy} />}
    </Dialog>
  )
}

/** TakeDown takes an item down for the school. */
export function TakeDown({ view, draft, open, close, acting, done }: Props & { open: boolean; done: (out: ChangedOut) => void }) {
  const [fate, setFate] = useState<Evidence>('keep')
  const { out, problem } = useChange(view, draft, open, true)
  const go = async () => {
    const sent = await acting.run<ChangedOut>(paths.withdraw_item, { class: view.class.id, item: view.item, evidence: fate })
    close()
    if (sent) done(sent)
  }
  return (
    <Dialog open={open} onClose={close} title={t('author.take.title')} footer={<><Button onClick={close}>{t('ui.cancel')}</Button><Button kind="primary" busy={acting.busy || (!out && !problem)} onClick={() => void go()}>{t('author.take')}</Button></>}>
      <p>{t('author.take.more')}</p>
      {problem && <ErrorBox problem={problem} />}
      {out && <Fate out={out} value={fate} set={setFate} rescore={false} />}
    </Dialog>
  )
}
