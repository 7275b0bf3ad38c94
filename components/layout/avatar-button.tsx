import type { ComponentProps } from 'react'

const initials = (name: string) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word, at, words) => (at === 0 || at === words.length - 1 ? [...word][0] : ''))
    .join('')
    .toUpperCase()

export function AvatarButton({ name, ...props }: ComponentProps<'button'> & { name: string }) {
  return (
    <button
      type="button"
      aria-label={`Account: ${name}`}
      className="grid size-8 shrink-0 place-items-center rounded-full bg-accent font-semibold text-on-accent text-xs"
      {...props}
    >
      <span aria-hidden>{initials(name)}</span>
    </button>
  )
}
