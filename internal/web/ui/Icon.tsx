import type icons from './icons.json'

declare const SPRITE: string

/** IconName is one of the product's own icon names (icons.json says which Lucide drawing each is). */
export type IconName = keyof typeof icons

const turning = new Set<string>(['next', 'go', 'back', 'step', 'out', 'link', 'read'])

/** Icon draws an icon beside a word. It is never the only sign of anything: screen readers skip it. */
export function Icon({ name }: { name: IconName }) {
  const sprite = typeof SPRITE === 'undefined' ? '' : SPRITE
  return <svg class={turning.has(name) ? 'icon turns' : 'icon'} aria-hidden="true" focusable="false"><use href={`${sprite}#${name}`} /></svg>
}
