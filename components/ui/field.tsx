'use client'
import { type ComponentProps, createContext, type ReactNode, use, useId } from 'react'
import { cx } from './cx'

type Described = { describedBy?: string; invalid: boolean }

/** Lets a control know the hint and the error of the field it stands in. */
const FieldContext = createContext<Described>({ invalid: false })

type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** Gets the id that ties the label to the control. */
  children: (id: string) => ReactNode
  className?: string
}

export function Field({ label, hint, error, children, className }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [error ? errorId : '', hint ? hintId : ''].filter(Boolean).join(' ')
  return (
    <div className={cx('grid min-w-0 content-start gap-1.5', className)}>
      <label htmlFor={id} className="font-medium text-[13px]">
        {label}
      </label>
      <FieldContext value={{ describedBy: describedBy || undefined, invalid: Boolean(error) }}>
        {children(id)}
      </FieldContext>
      {error ? (
        <p id={errorId} className="text-[13px] text-bad">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-[13px] text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

function useDescription() {
  const { describedBy, invalid } = use(FieldContext)
  return { 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined }
}

const CONTROL =
  'w-full min-w-0 rounded-lg border border-control bg-surface px-3 text-sm text-ink placeholder:text-muted disabled:opacity-60 aria-invalid:border-bad focus-visible:outline-offset-0'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cx(CONTROL, 'h-9', className)} {...useDescription()} {...props} />
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={cx(CONTROL, 'field-sizing-content min-h-20 py-2', className)}
      {...useDescription()}
      {...props}
    />
  )
}

/** The browser's own list: works with every keyboard, reader and phone. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return (
    <select
      className={cx(CONTROL, 'h-9 text-ellipsis pr-8', className)}
      {...useDescription()}
      {...props}
    />
  )
}

export function Checkbox({
  label,
  hint,
  className,
  ...props
}: ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId()
  return (
    <div className={cx('flex items-start gap-2', className)}>
      <input
        type="checkbox"
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4 shrink-0 accent-accent"
        {...props}
      />
      <div className="grid">
        <label htmlFor={props.id ?? id}>{label}</label>
        {hint ? (
          <span id={`${id}-hint`} className="text-[13px] text-muted">
            {hint}
          </span>
        ) : null}
      </div>
    </div>
  )
}
