'use client'
import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  type Modifier,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical } from 'lucide-react'
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { cx } from '@/components/ui/cx'

/** A press of fewer pixels than this is a click, no drag. */
const DRAG_FROM_PX = 5

const HOW_TO =
  'To move it, press Space or Enter, then the arrow keys. Space or Enter puts it down, Escape leaves it where it was.'

const alongTheList: Modifier = ({ transform }) => ({ ...transform, x: 0 })

// The same objects every time: with others every item of the list would be drawn anew.
const MODIFIERS = [alongTheList]
const POINTER = { activationConstraint: { distance: DRAG_FROM_PX } }
const KEYBOARD = { coordinateGetter: sortableKeyboardCoordinates }

type Sortable = { id: string; name: string }

type SortableListProps = {
  items: readonly Sortable[]
  /** `after`: the item that it now stands behind; null when it comes first. */
  onMove: (id: string, after: string | null) => void
  children: ReactNode
}

/** A list whose items are put in order with the pointer or the keyboard; what happens is read out. */
export function SortableList({ items: given, onMove, children }: SortableListProps) {
  const id = useId()
  const items = useSame(given)
  const ids = useMemo(() => items.map((item) => item.id), [items])
  const sensors = useSensors(useSensor(PointerSensor, POINTER), useSensor(KeyboardSensor, KEYBOARD))
  const accessibility = useMemo(
    () => ({
      announcements: announce(items),
      screenReaderInstructions: { draggable: HOW_TO },
    }),
    [items],
  )
  const { told, tell } = useTold(items)
  function finish({ active, over }: DragEndEvent) {
    if (!over || active.id === over.id) return
    const moved = String(active.id)
    const others = ids.filter((one) => one !== moved)
    onMove(moved, others[ids.indexOf(String(over.id)) - 1] ?? null)
  }
  return (
    <TellContext value={tell}>
      <DndContext
        id={id}
        sensors={sensors}
        modifiers={MODIFIERS}
        collisionDetection={closestCenter}
        accessibility={accessibility}
        onDragEnd={finish}
      >
        <SortableContext items={ids} strategy={verticalListSortingStrategy}>
          {children}
        </SortableContext>
      </DndContext>
      <p role="status" className="sr-only">
        {told}
      </p>
    </TellContext>
  )
}

/** Where an item came to that was moved by a button, as it is read out. */
function useTold(items: readonly Sortable[]) {
  const [told, setTold] = useState('')
  const [moved, setMoved] = useState<{ id: string } | null>(null)
  const now = useRef(items)
  useEffect(() => {
    now.current = items
  }, [items])
  useEffect(() => {
    const at = now.current.findIndex(({ id }) => id === moved?.id)
    const item = now.current[at]
    if (item) setTold(`${capital(item.name)}: place ${at + 1} of ${now.current.length}.`)
  }, [moved])
  const tell = useCallback((id: string) => setMoved({ id }), [])
  return { told, tell }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const TellContext = createContext<(id: string) => void>(() => {})
const ItemContext = createContext('')

/** Reads out where the item around it stands by then. */
export function useTellMove(): () => void {
  const [tell, id] = [use(TellContext), use(ItemContext)]
  return () => tell(id)
}

/** The former list as long as it says the same: with another one every item would be drawn anew. */
function useSame(items: readonly Sortable[]): readonly Sortable[] {
  const text = JSON.stringify(items)
  return useMemo((): Sortable[] => JSON.parse(text), [text])
}

function announce(items: readonly Sortable[]): Announcements {
  const nameOf = (id: UniqueIdentifier) => items.find((item) => item.id === id)?.name ?? 'It'
  const placeOf = (id: UniqueIdentifier) =>
    `place ${items.findIndex((item) => item.id === id) + 1} of ${items.length}`
  return {
    onDragStart: ({ active }) => `Picked up ${nameOf(active.id)}, ${placeOf(active.id)}.`,
    onDragOver: ({ active, over }) =>
      over ? `${nameOf(active.id)} is over ${placeOf(over.id)}.` : undefined,
    onDragEnd: ({ active, over }) =>
      over
        ? `${nameOf(active.id)} was put down at ${placeOf(over.id)}.`
        : `${nameOf(active.id)} was left where it was.`,
    onDragCancel: ({ active }) => `${nameOf(active.id)} was left where it was.`,
  }
}

const HandleContext = createContext<ReactNode>(null)

type SortableItemProps = Sortable & {
  disabled?: boolean
  className?: string
  children: ReactNode
}

/** One item; `DragHandle` inside it is what it is taken by. */
export function SortableItem({
  id,
  name,
  disabled = false,
  className,
  children,
}: SortableItemProps) {
  const sortable = useSortable({ id, disabled })
  const { attributes, listeners, transform, transition, isDragging } = sortable
  const handle = disabled ? null : (
    <button
      type="button"
      ref={sortable.setActivatorNodeRef}
      {...attributes}
      {...listeners}
      aria-label={`Reorder ${name}`}
      className="-m-1 flex h-7 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded-md text-muted hover:bg-surface hover:text-ink active:cursor-grabbing"
    >
      <GripVertical className="size-4" aria-hidden />
    </button>
  )
  return (
    <li
      ref={sortable.setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cx(className, isDragging && 'relative z-10 shadow-float')}
    >
      <ItemContext value={id}>
        <HandleContext value={handle}>{children}</HandleContext>
      </ItemContext>
    </li>
  )
}

export const DragHandle = () => use(HandleContext)
