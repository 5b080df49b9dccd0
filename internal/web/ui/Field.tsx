import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Icon } from './Icon.tsx'

interface FieldProps {
  label: ComponentChildren
  /** tip says, for any free text, who reads it. */
  tip?: ComponentChildren
  fault?: ComponentChildren
  value: string
  onInput: (text: string) => void
  lines?: number
  max?: number
  type?: 'text' | 'search' | 'date' | 'time' | 'url'
  focus?: boolean
  /** choices are offered while typing; anything else can be typed too. */
  choices?: string[]
}

/** Field is a labelled text box; several lines when lines is above 1. */
export function Field(p: FieldProps) {
  const id = useId()
  const at = useRef<HTMLDivElement>(null)
  // A browser heeds autofocus when a page or a dialog opens, and for nothing that is drawn later.
  useEffect(() => { if (p.focus) at.current?.querySelector<HTMLElement>('.input')?.focus() }, [])
  const about = [p.tip && `${id}-tip`, p.fault && `${id}-fault`].filter(Boolean).join(' ') || undefined
  const common = { id, class: 'input', 'aria-describedby': about, 'aria-invalid': p.fault ? true : undefined, maxLength: p.max, autofocus: p.focus, value: p.value, dir: 'auto' as const, list: p.choices && `${id}-choices` }
  return (
    <div ref={at} class="field">
      <label class="label" for={id}>{p.label}</label>
      {(p.lines ?? 1) > 1
        ? <textarea {...common} rows={p.lines} onInput={(e) => p.onInput(e.currentTarget.value)} />
        : <input {...common} type={(p.type ?? 'text') as 'text'} onInput={(e) => p.onInput(e.currentTarget.value)} />}
      {p.choices && <datalist id={`${id}-choices`}>{p.choices.map((c) => <option key={c} data-own>{c}</option>)}</datalist>}
      {p.tip && <p class="tip" id={`${id}-tip`}>{p.tip}</p>}
      {p.fault && <p class="fault" id={`${id}-fault`}><Icon name="error" />{p.fault}</p>}
    </div>
  )
}

/** Tick is a labelled check box. It shows what holds: a tick that the school did not take is not there. */
export function Tick(p: { label: ComponentChildren; checked: boolean; onChange: (on: boolean) => void }) {
  return <label class="tick"><input type="checkbox" checked={p.checked} onChange={(e) => { const on = e.currentTarget.checked; e.currentTarget.checked = p.checked; p.onChange(on) }} /><span>{p.label}</span></label>
}
