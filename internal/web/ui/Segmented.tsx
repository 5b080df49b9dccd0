import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** Segmented is a few choices of which one holds; arrows move within, as radio buttons do. value null: none chosen yet. */
export function Segmented<T extends string>(p: { label: ComponentChildren; showLabel?: boolean; options: { value: T; words: ComponentChildren }[]; value: T | null; onChange: (value: T) => void; stretch?: boolean }) {
  const name = useId()
  return (
    <fieldset class="field">
      <legend class={p.showLabel ? 'label' : 'hear'}>{p.label}</legend>
      <div class={p.stretch ? 'segmented stretch' : 'segmented'}>
        {p.options.map((o) => (
          <label key={o.value} class={o.value === p.value ? 'on' : undefined}>
            <input type="radio" name={name} value={o.value} checked={o.value === p.value} onChange={() => p.onChange(o.value)} />
            <span>{o.words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
