import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'

/** Segmented is a few choices of which one holds; arrows move within, as radio buttons do. value null: none chosen yet. What
 * is marked is value and nothing else: a choice that the school did not take can be made again. */
export function Segmented<T extends string>(p: { label: ComponentChildren; showLabel?: boolean; options: { value: T; words: ComponentChildren }[]; value: T | null; onChange: (value: T) => void; stretch?: boolean }) {
  const name = useId()
  const at = useRef<HTMLFieldSetElement>(null)
  const choose = (value: T) => {
    p.onChange(value)
    for (const input of at.current?.querySelectorAll('input') ?? []) input.checked = input.value === p.value
  }
  return (
    <fieldset ref={at} class="field">
      <legend class={p.showLabel ? 'label' : 'hear'}>{p.label}</legend>
      <div class={p.stretch ? 'segmented stretch' : 'segmented'}>
        {p.options.map((o) => (
          <label key={o.value} class={o.value === p.value ? 'on' : undefined}>
            <input type="radio" name={name} value={o.value} checked={o.value === p.value} onChange={() => choose(o.value)} />
            <span>{o.words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
