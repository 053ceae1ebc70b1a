import {Slider} from 'antd';

interface DemoOkProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly readOnly: boolean;
  readonly disabled: boolean;
}

/** A share in percent: a slider while it may be changed, a number otherwise. */
export default function DemoOk({value, onChange, readOnly, disabled}: DemoOkProps) {
  const percent = typeof value === 'number' ? value : null;
  if (readOnly) return <span>{percent === null ? '' : `${percent}%`}</span>;
  return <Slider min={0} max={100} step={1} value={percent ?? 0} onChange={onChange} disabled={disabled} tooltip={{formatter: shown => `${shown ?? 0}%`}} />;
}
