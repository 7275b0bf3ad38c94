import { count, interval, percent } from '@/components/ui/figures'
import { StandIn } from '@/components/ui/stand-in'
import type { VersionSummary } from '@/lib/versions/history/schema'

const Muted = ({ children }: { children: string }) => <span className="text-muted">{children}</span>

export function DevFigure({ dev }: { dev: VersionSummary['dev'] }) {
  if (!dev || dev.exact.n === 0) return <Muted>no run of its own yet</Muted>
  return (
    <>
      <span className="font-medium">{percent(dev.exact.rate)}</span>{' '}
      {dev.standIn ? <StandIn /> : null}
      <div className="text-muted text-xs">
        {interval(dev.exact.low, dev.exact.high)} of {count(dev.exact.n)} cases
      </div>
      <div className="text-muted text-xs">
        {percent(dev.countingCloseCalls.rate)} counting close calls
      </div>
    </>
  )
}

export function TestFigure({ test }: { test: VersionSummary['test'] }) {
  if (!test) return <Muted>not tested yet</Muted>
  return (
    <>
      <span className="font-medium">{percent(test.exact.rate)}</span>{' '}
      {test.standIn ? <StandIn /> : null}
      <div className="text-muted text-xs">
        {test.own
          ? `${interval(test.exact.low, test.exact.high)} of ${count(test.exact.n)} cases`
          : 'best so far: no clear gain'}
      </div>
      <div className="text-muted text-xs">
        {percent(test.countingCloseCalls.rate)} counting close calls
      </div>
    </>
  )
}
