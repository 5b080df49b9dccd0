import type { ComponentChildren, Ref } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

interface Common {
  /** primary: the one action of the screen. quiet: beside it. plain: a link-like act. */
  kind?: 'primary' | 'quiet' | 'plain'
  icon?: IconName
  /** icon after the words, e.g. an arrow on */
  after?: IconName
  wide?: boolean
  small?: boolean
  class?: string
  children: ComponentChildren
}

export interface ButtonProps extends Common {
  onClick?: (e: MouseEvent) => void
  type?: 'button' | 'submit'
  /** busy keeps the button in place and focused but does nothing when pressed. */
  busy?: boolean
  disabled?: boolean
  pressed?: boolean
  expanded?: boolean
  controls?: string
  /** label, when the words alone do not say which of several it is. */
  label?: string
  ref?: Ref<HTMLButtonElement>
}

const classes = (p: Common) => ['button', p.kind ?? 'quiet', p.wide && 'wide', p.small && 'small', p.class].filter(Boolean).join(' ')

/** Button does something here. Verbs on it. */
export function Button(p: ButtonProps) {
  return (
    <button
      ref={p.ref} type={p.type ?? 'button'} class={classes(p)} disabled={p.disabled} aria-disabled={p.busy || undefined}
      aria-pressed={p.pressed} aria-expanded={p.expanded} aria-controls={p.controls} aria-label={p.label}
      onClick={(e) => { if (p.busy) e.preventDefault(); else p.onClick?.(e) }}
    >
      {p.icon && <Icon name={p.icon} />}
      <span>{p.children}</span>
      {p.after && <Icon name={p.after} />}
    </button>
  )
}

/** LinkButton goes somewhere and looks like a button. */
export function LinkButton(p: Common & { href: string; label?: string; target?: string }) {
  return (
    <a class={classes(p)} href={p.href} aria-label={p.label} target={p.target} rel={p.target ? 'noopener' : undefined}>
      {p.icon && <Icon name={p.icon} />}
      <span>{p.children}</span>
      {p.after && <Icon name={p.after} />}
    </a>
  )
}
