// The parts of an item's form: what is drawn, choices, wrong answers with a name, hints, boxes.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Tag } from '../lib/api.gen.ts'
import { has, t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { slipsOf, wordsOf } from './slips.ts'
import { type Drawing, type Form, type Said, type Wrong, around, arranging, fix, kindOf, numbersIn, partsOf, vary } from './drafts.ts'

interface Part { form: Form; set: (next: Form) => void }

/** most is how many hints have a field of their own to be added. */
const most = 8
type FaultOf = (field: string, at?: number) => string | undefined

const whole = (s: string): number => { const n = Math.trunc(Number(s)); return Number.isFinite(n) ? n : 0 }

/** Drawings offers each number of the text to be drawn, and shows what is. */
export function Drawings({ form, set, fault }: Part & { fault: string | undefined }) {
  const free = numbersIn(form.text).slice(0, 8)
  if (free.length === 0 && form.draws.length === 0) return null
  const change = (name: string, next: Partial<Drawing>) => set({ ...form, draws: form.draws.map((d) => (d.name === name ? { ...d, ...next } : d)) })
  return (
    <fieldset class="author-draws">
      <legend class="label">{t(free.length > 0 ? 'author.draws' : 'author.draws.all')}</legend>
      {free.length > 0 && (
        <div class="row near">
          {free.map((p) => { const r = around(p.value); return <Button key={`${p.start} ${p.value}`} small icon="rewind" onClick={() => set(vary(form, p))}>{t('author.vary', { n: p.value, from: r.from, to: r.to })}</Button> })}
        </div>
      )}
      {form.draws.map((d) => (
        <div key={d.name} class="author-draw">
          <b data-own>{d.name}</b>
          {d.of
            ? <span class="small" data-own>{d.of.join(', ')}</span>
            : <><Field label={t('author.from', { name: d.name })} value={String(d.from)} max={7} onInput={(s) => change(d.name, { from: whole(s) })} /><Field label={t('author.to', { name: d.name })} value={String(d.to)} max={7} onInput={(s) => change(d.name, { to: whole(s) })} /></>}
          {d.was !== undefined && <Button small kind="plain" onClick={() => set(fix(form, d.name))}>{t('author.fix', { n: d.was })}</Button>}
        </div>
      ))}
      {fault && <p class="fault" role="alert"><Icon name="error" />{fault}</p>}
    </fieldset>
  )
}

/** Named is what is said to a mistake, and its name. */
export function Named(p: { tag: string; nudge: string; tags: Tag[]; set: (tag: string, nudge: string) => void; fault: string | undefined }) {
  // A mistake that the skill's items know brings its line along, unless that speaks of numbers that are not drawn here.
  const take = (tag: string) => { const known = p.tags.find((x) => x.tag === tag); p.set(tag, p.nudge === '' && known && !known.nudge.includes('[[') ? known.nudge : p.nudge) }
  return (
    <>
      <Field label={t('author.nudge')} tip={t('author.nudge.tip')} lines={2} max={2000} value={p.nudge} onInput={(nudge) => p.set(p.tag, nudge)} fault={p.fault} />
      <Field label={t('author.tag')} tip={t('author.tag.tip')} max={60} value={p.tag} choices={p.tags.map((x) => x.tag)} onInput={take} />
    </>
  )
}

/** Choices shows how the choices are read, and takes what is said to each that is not right, or that is put elsewhere. */
export function Choices({ form, set, tags, fault }: Part & { tags: Tag[]; fault: FaultOf }) {
  const parts = partsOf(kindOf(form), form.answer)
  const say = arranging(kindOf(form)) ? 'author.choice.elsewhere' : 'author.choice.say'
  const put = (i: number, next: Partial<Said>) => {
    const said = parts.map((_, k) => form.said[k] ?? { tag: '', nudge: '' })
    set({ ...form, said: said.map((s, k) => (k === i ? { ...s, ...next } : s)) })
  }
  return (
    <ul class="author-choices">
      {parts.map((c, i) => (
        <li key={i}>
          {c.right
            ? <p class="author-right"><Icon name="right" /><span data-own>{c.text}</span> <span class="small quiet">{t('author.choice.right')}</span></p>
            : (
              <details class="why" open={Boolean(fault('options', i))}>
                <summary><Icon name="notyet" /><span><span data-own>{c.text}</span> <span class="small quiet">{t(form.said[i]?.nudge ? 'author.choice.said' : say)}</span></span><Icon name="open" /></summary>
                <div class="because"><Named tag={form.said[i]?.tag ?? ''} nudge={form.said[i]?.nudge ?? ''} tags={tags} set={(tag, nudge) => put(i, { tag, nudge })} fault={fault('options', i)} /></div>
              </details>
            )}
        </li>
      ))}
    </ul>
  )
}

/** Folded shows one line of what is inside; what was only just begun stands open, with the keyboard in its first box. */
function Folded(p: { begun: boolean; open: boolean; summary: ComponentChildren; children: ComponentChildren }) {
  const at = useRef<HTMLDetailsElement>(null)
  const [open, set] = useState(p.begun)
  useEffect(() => { if (p.begun) at.current?.querySelector<HTMLElement>('input')?.focus() }, [])
  return (
    <details ref={at} class="why" open={open || p.open} onToggle={(e) => set(e.currentTarget.open)}>
      <summary><Icon name="notyet" /><span>{p.summary}</span><Icon name="open" /></summary>
      <div class="because">{p.children}</div>
    </details>
  )
}

/** Wrongs are wrong answers that are known beforehand, each with what is said to it: one that is written down, or a pattern that is
 * recognized in any answer. */
export function Wrongs({ form, set, tags, fault }: Part & { tags: Tag[]; fault: FaultOf }) {
  const kind = kindOf(form)
  const slips = slipsOf(kind)
  const put = (i: number, next: Partial<Wrong>) => set({ ...form, wrong: form.wrong.map((w, k) => (k === i ? { ...w, ...next } : w)) })
  const wordsFor = (near: string) => (slips.includes(near) ? t(wordsOf(kind, near)) : t('author.near.other'))
  const choose = (i: number, w: Wrong, near: string) => {
    // A pattern brings its line and its name along, where nothing else was written.
    const kept = w.nudge !== '' && w.nudge !== lineOf(w.near)
    put(i, { near, answer: '', more: undefined, nudge: kept ? w.nudge : lineOf(near), tag: w.tag !== '' && w.tag !== w.near ? w.tag : near })
  }
  return (
    <section class="stack near" aria-label={t('author.wrongs')}>
      {form.wrong.map((w, i) => (
        <Folded key={i} begun={w.answer + w.nudge === '' && !w.near} open={Boolean(fault('mistakes', i))} summary={<>{t('author.wrong.of', { n: i + 1 })} {w.near ? wordsFor(w.near) : <span data-own>{w.answer}</span>}</>}>
          {(slips.length > 0 || w.near) && (
            <label class="field"><span class="label">{t('author.wrong.pattern')}</span>
              <select class="input" value={w.near ?? ''} onChange={(e) => choose(i, w, e.currentTarget.value)}>
                <option value="">{t('author.wrong.pattern.own')}</option>
                {slips.map((s) => <option key={s} value={s}>{t(wordsOf(kind, s))}</option>)}
                {w.near && !slips.includes(w.near) && <option value={w.near}>{t('author.near.other')}</option>}
              </select>
            </label>
          )}
          {!w.near && <Field label={t('author.wrong', { n: i + 1 })} tip={kind === 'ordering' ? t('author.wrong.order') : undefined} max={500} value={w.answer} onInput={(answer) => put(i, { answer })} fault={w.nudge.trim() === '' ? undefined : fault('mistakes', i)} />}
          <Named tag={w.tag} nudge={w.nudge} tags={tags} set={(tag, nudge) => put(i, { tag, nudge })} fault={w.nudge.trim() === '' || w.near ? fault('mistakes', i) : undefined} />
          <div><Button small kind="plain" label={t('author.wrong.drop.of', { n: i + 1 })} onClick={() => set({ ...form, wrong: form.wrong.filter((_, k) => k !== i) })}>{t('author.drop')}</Button></div>
        </Folded>
      ))}
      {form.wrong.length < 12 && <div><Button small icon="add" onClick={() => set({ ...form, wrong: [...form.wrong, { answer: '', tag: '', nudge: '' }] })}>{t('author.wrong.add')}</Button></div>}
    </section>
  )
}

/** lineOf is what is said to a pattern where its author says nothing else. */
const lineOf = (near: string | undefined): string => (near && has(`slip.${near}`) ? t(`slip.${near}`) : '')

/** Hints are the ladder and the worked way; both may stay empty. */
export function Hints({ form, set, fault }: Part & { fault: FaultOf }) {
  const step = (i: number, answer: string) => set({ ...form, steps: form.hints.map((_, k) => ({ ...(form.steps?.[k] ?? { answer: '' }), ...(k === i && { answer }) })) })
  return (
    <details class="why" open={form.hints.length > 0 || form.solution !== '' || Boolean(fault('hints') ?? fault('steps') ?? fault('solution'))}>
      <summary><Icon name="hint" />{t('author.help')}<Icon name="open" /></summary>
      <div class="because">
        {form.hints.map((h, i) => (
          <div key={i} class="author-hint">
            <Field label={t(i < 3 ? `author.hint.${i + 1}` : 'author.hint.n', { n: i + 1 })} lines={2} max={2000} value={h} focus={h === ''} onInput={(next) => set({ ...form, hints: form.hints.map((x, k) => (k === i ? next : x)) })} fault={fault('hints', i)} />
            <Field label={t('author.step', { n: i + 1 })} tip={t('author.step.tip')} lines={(form.steps?.[i]?.answer ?? '').includes('\n') ? 3 : 1} max={2000} value={form.steps?.[i]?.answer ?? ''} onInput={(answer) => step(i, answer)} fault={fault('steps', i)} />
          </div>
        ))}
        {form.hints.length < most && <div><Button small icon="add" onClick={() => set({ ...form, hints: [...form.hints, ''] })}>{t('author.hint.add')}</Button></div>}
        <Field label={t('author.solution')} lines={3} max={8000} value={form.solution} onInput={(solution) => set({ ...form, solution })} fault={fault('solution')} />
      </div>
    </details>
  )
}

/** Boxes are those of an item with several, as it came. */
export function Boxes({ form, set, fault }: Part & { fault: string | undefined }) {
  const put = (i: number, next: Partial<Form['rest']['boxes'][number]>) => set({ ...form, rest: { ...form.rest, boxes: form.rest.boxes.map((b, k) => (k === i ? { ...b, ...next } : b)) } })
  return (
    <section class="stack near" aria-label={t('author.boxes')}>
      {form.rest.boxes.map((b, i) => (
        <div key={i} class="card sunk author-box">
          <Field label={t('author.box.before')} value={b.before ?? ''} max={200} onInput={(before) => put(i, { before })} />
          <Field label={t('author.box.key', { n: i + 1 })} value={b.key} max={500} onInput={(key) => put(i, { key, second: '' })} />
          <Field label={t('author.box.after')} value={b.after ?? ''} max={200} onInput={(after) => put(i, { after })} />
        </div>
      ))}
      {fault && <p class="fault" role="alert"><Icon name="error" />{fault}</p>}
    </section>
  )
}
