// author: a teacher writes an item, or changes one. What they type stands at the left, what learners get at the right, drawn by
// the school a moment after the last key. A form that is left half written stays on this device.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type AuthorPage, type ChangedOut, type CheckItemOut, type FieldFault, type ItemOut, paths } from '../lib/api.gen.ts'
import { useActing } from '../lib/acting.ts'
import { dropForm, keepForm, keptForm } from '../lib/keep.ts'
import { mount } from '../lib/page.ts'
import { when } from '../lib/time.ts'
import { rich, say, t } from '../lib/words.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ErrorBox } from '../ui/Says.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Shell } from '../ui/Shell.tsx'
import { Change, type Choice, TakeDown } from './Change.tsx'
import { Areas, ChoosePicture } from './Areas.tsx'
import { Boxes, Choices, Drawings, Hints, Wrongs } from './Fields.tsx'
import { Tried } from './Tried.tsx'
import { type Form, type Kind, arranging, axesOf, fixedAnswer, follow, guess, judged, kindOf, nothing, partsOf, placed, toDraft, toForm, ways, withKind } from './drafts.ts'
import { asked } from './asked.ts'
import { pictureLine } from './spots.ts'
import { bringOf, previewOf, published } from './previews.ts'

const kinds: Kind[] = ['number', 'fraction', 'choice', 'choices', 'hotspot', 'expression', 'equation', 'numberline', 'interval', 'plane', 'ordering', 'matching', 'sorting', 'short', 'long', 'upload']
/** early are faults of what is not written yet: shown once somebody wants to publish. */
const early = ['fault.author.places', 'fault.author.place.name', 'fault.author.picture', 'fault.doc.alt', 'fault.author.text', 'fault.author.key', 'fault.author.options', 'fault.author.nudge', 'fault.author.yields', 'fault.author.option']

/** usePreview asks how the form looks to learners, a moment after the last key; null while nothing is known. */
function usePreview(cls: string, form: Form, skill: string, first: CheckItemOut | null): { out: CheckItemOut | null; away: boolean } {
  const [state, set] = useState<{ out: CheckItemOut | null; away: boolean }>({ out: first, away: false })
  const draft = JSON.stringify(toDraft(form, skill))
  const known = useRef(first ? draft : '')
  useEffect(() => {
    if (known.current === draft) return
    known.current = ''
    if ((form.text + form.answer + (form.rest.picture ?? '')).trim() === '') { set({ out: null, away: false }); return }
    const stop = new AbortController()
    const clock = setTimeout(() => void asked<CheckItemOut>(paths.check_item, { class: cls, draft: JSON.parse(draft) }, stop.signal).then((got) => {
      if (!stop.signal.aborted) set((was) => (got.ok ? { out: got.data, away: false } : { out: was.out, away: true }))
    }), 350)
    return () => { clearTimeout(clock); stop.abort() }
  }, [draft])
  return state
}

/** withAnswer puts a new answer in; what was said of choices stays with their words. */
export function withAnswer(f: Form, answer: string): Form {
  const kind = kindOf({ ...f, answer })
  const was = partsOf(kind, f.answer), now = partsOf(kind, answer)
  const said = was.length === now.length ? f.said : now.map((c) => f.said[was.findIndex((w) => w.text === c.text)] ?? { tag: '', nudge: '' })
  return follow({ ...f, answer, said })
}

function Author({ view }: { view: AuthorPage }) {
  const begun = view.draft ? toForm(view.draft) : nothing
  const name = `author ${view.skill.id} ${view.item}`
  const [form, setForm] = useState<Form>(begun)
  const [left, setLeft] = useState(0)
  const [kept, setKept] = useState(false)
  const [wanted, want] = useState(false)
  /** refused is what the last wish to publish was answered with, for an empty form, which has no preview. */
  const [refused, refuse] = useState<FieldFault[]>([])
  const [changing, change] = useState<Choice | null>(null)
  const [taking, take] = useState(false)
  const acting = useActing()
  const top = useRef<HTMLDivElement>(null)
  const { out, away } = usePreview(view.class.id, form, view.skill.id, view.tried ?? null)
  const draft = toDraft(form, view.skill.id)
  const kind = kindOf(form)
  const choice = kind === 'choice' || kind === 'choices' || kind === 'hotspot' || arranging(kind)
  const drawn = form.draws.map((d) => d.name)
  useEffect(() => { top.current?.querySelector('textarea')?.focus() }, [])
  useEffect(() => {
    void keptForm<Form>(name).then((was) => { if (was && JSON.stringify(was.form) !== JSON.stringify(begun)) { setForm(was.form); setLeft(was.at); setKept(true) } })
  }, [])
  const set = (next: Form | ((was: Form) => Form)) => {
    setForm(next)
    setKept(false)
  }
  useEffect(() => {
    if (JSON.stringify(form) === JSON.stringify(begun)) return
    const clock = setTimeout(() => void keepForm(name, form).then(setKept), 300)
    return () => clearTimeout(clock)
  }, [form])
  const faults: FieldFault[] = [...(fixedAnswer(form) ? [{ field: 'key', at: -1, say: { code: 'author.fixed' } }] : []), ...(out?.faults ?? refused)].filter((f) => wanted || !early.includes(f.say.code))
  const fault = (field: string, at = -1) => { const f = faults.find((x) => x.field === field && (at < 0 || x.at === at)); return f && say(f.say) }
  const rest = faults.filter((f) => !['text', 'key', 'options', 'mistakes', 'hints', 'solution', 'draw', 'boxes', 'axes', 'pattern', 'picture', 'steps'].includes(f.field))

  const sent = async (at = '') => {
    await dropForm(name)
    location.href = previewOf(view.class.id, 'skill', view.skill.id, at)
  }
  const publish = async () => {
    want(true)
    const now = await asked<CheckItemOut>(paths.check_item, { class: view.class.id, draft })
    if (fixedAnswer(form) || (now.ok && now.data.faults.length > 0)) { if (now.ok) refuse(now.data.faults); setTimeout(() => top.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus(), 50); return }
    if (view.item && view.own) { change('edit'); return }
    if (view.item && view.takes) { change('copy'); return }
    if (await acting.run<ItemOut>(paths.add_item, { class: view.class.id, draft, ...(view.item && { from: view.item }) })) await sent(published)
  }
  const again = async () => { await dropForm(name); setForm(begun); setLeft(0); setKept(false) }
  const title = !view.item ? 'author.title' : view.own ? 'author.title.change' : 'author.title.copy'
  return (
    <Shell width="wide">
      <div class="row apart">
        <div><p class="eyebrow"><a class="author-back" href={previewOf(view.class.id, 'skill', view.skill.id)} data-own>{view.skill.title}</a></p><h1>{t(title)}</h1></div>
        {!view.item && <LinkButton kind="plain" icon="down" href={bringOf(view.class.id, { skill: view.skill.id })}>{t('author.bring')}</LinkButton>}
        {view.item && view.takes && !view.gone && <Button kind="plain" onClick={() => take(true)}>{t('author.take')}</Button>}
      </div>
      {view.gone && <p class="author-note"><Icon name="info" /><span>{t('author.gone')}</span>{view.takes && <Button small onClick={() => void acting.run(paths.restore_item, { class: view.class.id, item: view.item })}>{t('author.restore')}</Button>}</p>}
      {view.item && !view.own && <p class="author-note"><Icon name="info" /><span>{view.by ? rich('author.copy.by', { name: <bdi data-own>{view.by}</bdi> }) : t('author.copy.course')}</span></p>}
      {view.bound && <p class="author-note" role="note"><Icon name="info" /><span>{t('author.bound', { licence: view.bound })}</span></p>}
      {left > 0 && <p class="author-note" role="status"><Icon name="saved" /><span>{t('author.left', { day: when(new Date(left).toISOString().slice(0, 10)) })}</span><Button small onClick={() => void again()}>{t('author.again')}</Button></p>}
      <form class="author" onSubmit={(e) => { e.preventDefault(); if (!acting.busy) void publish() }}>
        <div class="stack" ref={top}>
          <Field label={t('author.text')} tip={t('author.text.tip')} lines={4} max={8000} value={form.text} onInput={(text) => set(follow({ ...form, text }))} fault={fault('text')} />
          {!choice && kind !== 'blanks' && <Drawings form={form} set={set} fault={fault('draw')} />}
          {kind === 'blanks'
            ? <Boxes form={form} set={set} fault={fault('boxes')} />
            : (
              <div class="author-answer">
                {kind !== 'hotspot' && <Field label={t(judged(kind) ? 'author.rubric' : 'author.answer')} tip={t(`author.answer.tip.${kind}`)} lines={Math.max(2, form.answer.split('\n').length + 1)} max={4000} value={form.answer} onInput={(answer) => set(withAnswer(form, answer))} fault={form.key === '' || choice ? fault('key') ?? fault('options') : undefined} />}
                <div class="stack near"><label class="field"><span class="label">{t('author.kind')}</span>
                  <select class="input" value={form.kind} onChange={(e) => set(withKind(form, e.currentTarget.value as Kind | ''))}>
                    <option value="">{t('author.kind.guess', { kind: t(`author.kind.${guess(form.answer, drawn).kind}`) })}</option>
                    {kinds.map((k) => <option key={k} value={k}>{t(`author.kind.${k}`)}</option>)}
                  </select>
                </label>
                {form.kind === '' && form.answer === '' && <ChoosePicture small words={t('author.picture.places')} onFile={(image) => set((was) => ({ ...was, kind: 'hotspot', rest: { ...was.rest, picture: pictureLine({ image, figure: '', alt: '' }) } }))} />}</div>
              </div>
            )}
          {kind === 'upload' && <Segmented label={t('author.sends')} showLabel value={form.rest.sends ?? ''} onChange={(sends) => set({ ...form, rest: { ...form.rest, sends } })} options={(['', 'documents', 'both'] as const).map((s) => ({ value: s, words: t(`author.sends.${s || 'photos'}`) }))} />}
          {kind === 'short' && <Field label={t('author.pattern')} tip={t('author.pattern.tip')} value={form.rest.pattern} max={200} onInput={(pattern) => set({ ...form, rest: { ...form.rest, pattern } })} fault={fault('pattern')} />}
          {placed(kind) && <Field label={t('author.axes')} tip={t('author.axes.tip')} value={axesOf(form)} max={400} onInput={(axes) => set({ ...form, rest: { ...form.rest, axes } })} fault={fault('axes')} />}
          {!choice && form.draws.some((d) => d.was !== undefined) && (kind === 'number' || kind === 'fraction') && (
            <Field label={t('author.follows')} tip={t('author.follows.tip', { answer: guess(form.answer, drawn).value })} value={form.key} choices={ways(form, form.answer)} max={500} onInput={(key) => set({ ...form, key })} fault={fault('key')} />
          )}
          {kind === 'hotspot' ? <Areas form={form} set={set} picture={out?.picture} tags={view.tags} fault={fault} /> : choice && kind !== 'ordering' ? <Choices form={form} set={set} tags={view.tags} fault={fault} /> : kind !== 'blanks' && !judged(kind) && <Wrongs form={form} set={set} tags={view.tags} fault={fault} />}
          <Hints form={form} set={set} fault={fault} />
          {rest.length > 0 && <div class="errorbox" role="alert"><Icon name="error" /><div class="body">{rest.map((f, i) => <p key={i}>{say(f.say)}</p>)}</div></div>}
          {acting.problem && <ErrorBox problem={acting.problem} />}
          <div class="row author-publish">
            {!view.bound && <Button kind="primary" type="submit" busy={acting.busy}>{t(view.item && view.own ? 'author.publish.change' : 'author.publish')}</Button>}
            <LinkButton kind="plain" href={previewOf(view.class.id, 'skill', view.skill.id)}>{t('ui.cancel')}</LinkButton>
            <span class="small quiet" role="status">{kept ? t('author.kept') : ''}</span>
          </div>
        </div>
        <aside class="author-preview" aria-label={t('author.preview')}><Tried cls={view.class.id} draft={draft} out={out} away={away} faulty={(out?.faults.length ?? 0) > 0} /></aside>
      </form>
      <Change view={view} draft={draft} choice={changing} close={() => change(null)} acting={acting} done={() => void sent(published)} />
      <TakeDown view={view} draft={draft} open={taking} close={() => take(false)} acting={acting} done={(o: ChangedOut) => { if (o.item) void sent() }} />
    </Shell>
  )
}

mount(Author)
