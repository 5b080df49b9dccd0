// Outlined: the parts of the page on which a unit is changed: an objective with its skills, and what stands aside. A grip is dragged, or
// pressed for more: up, down, to another objective, out; its arrow keys move at once.
import { useId } from 'preact/hooks'
import { picked } from '../lib/drag.ts'
import { page } from '../lib/page.ts'
import { t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { authorOf, previewOf } from './previews.ts'
import type { Draft, Line, Part } from './outlines.ts'

/** Does is what can be done with a line, by its key. */
export interface Does {
  step: (key: string, by: 1 | -1) => void
  name: (key: string, words: Partial<Pick<Part, 'title' | 'iCan'>>) => void
  to: (key: string, part: string) => void
  place: (key: string, at: number) => void
  out: (key: string) => void
  back: (key: string) => void
  add: (part: string) => void
}

const titled = (of: { title: string }) => of.title.trim() || t('outline.nameless')

/** focusOn puts the focus on a line once it is drawn: on its grip, or into its words. */
export function focusOn(key: string, on: 'drag' | 'line' = 'drag'): void {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-${on}="${CSS.escape(key)}"]`)?.focus(), 0)
}

/** back gives the focus to what was pressed, or to the grip, after a line was drawn anew in its new place. */
function back(key: string, pressed: 'up' | 'down' | 'grip'): void {
  setTimeout(() => {
    const id = CSS.escape(key)
    const button = pressed === 'grip' ? null : document.querySelector<HTMLElement>(`[data-acts="${id}"] .${pressed}:not([disabled])`)
    const to = button ?? document.querySelector<HTMLElement>(`[data-drag="${id}"]`)
    to?.focus()
    to?.scrollIntoView({ block: 'nearest' })
  }, 0)
}

function Grip({ of, step }: { of: Line | Part; step: Does['step'] }) {
  const key = (e: KeyboardEvent) => {
    if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return
    e.preventDefault()
    step(of.key, e.key === 'ArrowUp' ? -1 : 1)
    back(of.key, 'grip')
  }
  return (
    <button type="button" class="outline-grip" data-drag={of.key} aria-label={t('outline.move', { title: titled(of) })} title={t('outline.moving')} aria-pressed={picked.value === of.key} onKeyDown={key}><Icon name="grip" /></button>
  )
}

/** Acts are what can be done with the line whose grip was pressed. */
function Acts({ of, up, down, places, onPlace, does }: { of: Line | Part; up: boolean; down: boolean; places: { value: string; words: string }[]; onPlace: (value: string) => void; does: Does }) {
  if (picked.value !== of.key) return null
  const title = titled(of)
  const step = (by: 1 | -1) => { does.step(of.key, by); back(of.key, by === 1 ? 'down' : 'up') }
  return (
    <div class="outline-acts" data-acts={of.key}>
      <Button class="square up" icon="up" label={t('outline.up', { title })} disabled={!up} onClick={() => step(-1)}>{null}</Button>
      <Button class="square down" icon="down" label={t('outline.down', { title })} disabled={!down} onClick={() => step(1)}>{null}</Button>
      {places.length > 0 && (
        <select class="input" aria-label={t('outline.to.of', { title })} value="" onChange={(e) => { const v = e.currentTarget.value; e.currentTarget.value = ''; if (v) { onPlace(v); back(of.key, 'grip') } }}>
          <option value="">{t('outline.to')}</option>
          {places.map((p) => <option key={p.value} value={p.value} data-own>{p.words}</option>)}
        </select>
      )}
      <Button small kind="plain" icon="close" label={t('outline.out.of', { title })} onClick={() => does.out(of.key)}>{t('outline.out')}</Button>
    </div>
  )
}

interface WordsProps { class?: string; line?: string; label: string; hint: string; about?: string | undefined; bad: true | undefined; most: number; value: string; onInput: (text: string) => void; onEnter?: () => void }

/** Words are one line of text that wraps where it is long; Enter ends it. What stands may be longer than what is new. */
function Words(p: WordsProps) {
  return (
    <textarea
      class={p.class ? `input ${p.class}` : 'input'} data-line={p.line} dir="auto" rows={1} aria-label={p.label} placeholder={p.hint} aria-describedby={p.about} aria-invalid={p.bad}
      maxLength={Math.max(p.most, p.value.length)} value={p.value} onInput={(e) => p.onInput(e.currentTarget.value)}
      onKeyDown={(e) => { if (e.key === 'Enter' && !e.isComposing) { e.preventDefault(); p.onEnter?.() } }}
    />
  )
}

interface ObjectiveProps { cls: string; draft: Draft; at: number; part: Part; early: Map<string, string[]>; tried: boolean; does: Does }

export function Objective({ cls, draft, at, part: p, early, tried, does }: ObjectiveProps) {
  const n = at + 1
  const bad = (s: string) => (tried && s.trim() === '' ? true : undefined)
  const places = draft.parts.map((x, i) => ({ value: String(i), words: `${i + 1}. ${titled(x)}` })).filter((_, i) => i !== at)
  return (
    <li class={picked.value === p.key ? 'card outline-part on' : 'card outline-part'} data-drop={p.key}>
      <div class="outline-row outline-head">
        <Grip of={p} step={does.step} />
        <div>
          <h2 class="hear">{t('outline.objective', { n })}</h2>
          <Words class="outline-name" line={p.key} label={t('outline.objective.title', { n })} hint={t('outline.objective', { n })} bad={bad(p.title)} most={120} value={p.title} onInput={(title) => does.name(p.key, { title })} />
          <Words label={t('outline.ican.of', { n })} hint={t('outline.ican')} bad={bad(p.iCan)} most={300} value={p.iCan} onInput={(iCan) => does.name(p.key, { iCan })} />
        </div>
        <Acts of={p} up={at > 0} down={at < draft.parts.length - 1} places={places} onPlace={(v) => does.place(p.key, Number(v))} does={does} />
      </div>
      {p.lesson && <p class="small quiet outline-lesson">{t('outline.lesson', { title: p.lesson })}</p>}
      <ol class="outline-skills" aria-label={t('outline.skills', { n })}>
        {p.skills.map((s, i) => <Skill key={s.key} cls={cls} draft={draft} at={at} i={i} line={s} early={early.get(s.key)} bad={bad(s.title)} does={does} />)}
      </ol>
      <div><Button small kind="plain" icon="add" label={t('outline.add.skill.of', { title: titled(p) })} onClick={() => does.add(p.key)}>{t('outline.add.skill')}</Button></div>
    </li>
  )
}

interface SkillProps { cls: string; draft: Draft; at: number; i: number; line: Line; early: string[] | undefined; bad: true | undefined; does: Does }

function Skill({ cls, draft, at, i, line: s, early, bad, does }: SkillProps) {
  const why = useId()
  const part = draft.parts[at]!
  const last = draft.parts.length - 1
  const places = draft.parts.filter((_, n) => n !== at).map((x) => ({ value: x.key, words: titled(x) }))
  return (
    <li class={picked.value === s.key ? 'on' : undefined} data-drop={s.key}>
      <div class="outline-row">
        <Grip of={s} step={does.step} />
        <div class="outline-skill">
          <Words line={s.key} label={t('outline.skill', { n: i + 1, of: at + 1 })} hint={t('outline.skill', { n: i + 1, of: at + 1 })} about={early && why} bad={bad} most={120} value={s.title} onInput={(title) => does.name(s.key, { title })} onEnter={() => { if (s.title.trim()) does.add(part.key) }} />
          <span class="small quiet outline-count">
            {s.id
              ? <>{s.items > 0 ? <a class="outline-link" href={previewOf(cls, 'skill', s.id)}>{t('outline.items', { n: s.items })}</a> : <span>{t('outline.items', { n: 0 })}</span>}<a class="outline-link" href={authorOf(cls, s.id)} aria-label={t('outline.write.of', { title: titled(s) })}>{t('outline.write')}</a></>
              : t('outline.unsaved')}
          </span>
        </div>
        <Acts of={s} up={i > 0 || at > 0} down={i < part.skills.length - 1 || at < last} places={places} onPlace={(v) => does.to(s.key, v)} does={does} />
      </div>
      {early && <p id={why} class="small outline-early" data-own><Icon name="info" />{t('outline.early', { needs: new Intl.ListFormat(page.value.locale).format(early) })}</p>}
    </li>
  )
}

/** Aside is what is not in the unit and can be put back. */
export function Aside({ draft, does }: { draft: Draft; does: Does }) {
  const none = draft.aside.length === 0 && draft.loose.length === 0
  return (
    <section class="card sunk outline-aside" data-drop="out">
      <h2>{t('outline.aside')}</h2>
      <p class="small quiet">{none ? t('outline.aside.none') : t('outline.aside.what')}</p>
      {!none && (
        <ul>
          {draft.aside.map((p) => (
            <li key={p.key}>
              <span class="outline-words" data-own><b>{p.title}</b>{p.skills.length > 0 && <span class="small quiet"> {p.skills.map((s) => s.title).join(' · ')}</span>}</span>
              <Button small label={t('outline.back.objective.of', { title: titled(p) })} onClick={() => { does.back(p.key); back(p.key, 'grip') }}>{t('outline.back.objective')}</Button>
            </li>
          ))}
          {draft.loose.map((s) => (
            <li key={s.key}>
              <span class="outline-words"><span data-own>{s.title}</span> <span class="small quiet">{t('outline.items', { n: s.items })}</span></span>
              <select class="input" aria-label={t('outline.back.to.of', { title: titled(s) })} value="" onChange={(e) => { const v = e.currentTarget.value; e.currentTarget.value = ''; if (v) { does.to(s.key, v); back(s.key, 'grip') } }}>
                <option value="">{t('outline.back.to')}</option>
                {draft.parts.map((p) => <option key={p.key} value={p.key} data-own>{titled(p)}</option>)}
              </select>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
