'use client'
import { Card } from '@/components/ui/card'
import { Checkbox, Field, Select } from '@/components/ui/field'
import { nameByChange } from '@/lib/versions/history/rules'
import type { VersionSummary } from '@/lib/versions/history/schema'
import { versionPath } from '@/lib/versions/rules'

type Sides = { base: string; of: string[] }
type SidesCardProps = Sides & { all: VersionSummary[]; onChoose: (next: Partial<Sides>) => void }

const MOST_LISTED = 12

/** Which versions are compared, and with which. Those made from the baseline come first. */
export function SidesCard({ all, base, of, onChoose }: SidesCardProps) {
  const baseline = all.find((version) => versionPath(version) === base)
  const others = all.filter((version) => versionPath(version) !== base)
  const isNear = (version: VersionSummary) =>
    of.includes(versionPath(version)) || version.parent?.id === baseline?.id
  const listed = [...others.filter(isNear), ...others.filter((version) => !isNear(version))].slice(
    0,
    Math.max(MOST_LISTED, of.length),
  )
  return (
    <Card title="What is compared">
      <div className="grid gap-4 md:grid-cols-[minmax(0,18rem)_minmax(0,1fr)]">
        <Field label="Baseline">
          {(id) => (
            <Select
              id={id}
              value={base}
              onChange={({ target }) =>
                onChoose({
                  base: target.value,
                  of: of.filter((ref) => ref !== target.value),
                })
              }
            >
              <option value="">Choose…</option>
              {all.map((version) => (
                <option key={version.id} value={versionPath(version)}>
                  {nameByChange(version)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <fieldset className="min-w-0">
          <legend className="mb-1.5 font-medium text-[13px]">Candidates</legend>
          {base === '' ? (
            <p className="text-[13px] text-muted">Choose the baseline first.</p>
          ) : (
            <ul className="grid gap-1.5">
              {listed.map((version) => {
                const ref = versionPath(version)
                return (
                  <li key={version.id} className="min-w-0 text-[13px]">
                    <Checkbox
                      label={<span className="break-words">{nameByChange(version)}</span>}
                      checked={of.includes(ref)}
                      onChange={({ target }) =>
                        onChoose({
                          of: target.checked ? [...of, ref] : of.filter((one) => one !== ref),
                        })
                      }
                    />
                  </li>
                )
              })}
            </ul>
          )}
        </fieldset>
      </div>
    </Card>
  )
}
