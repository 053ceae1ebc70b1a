import {Input} from 'antd';
import {useEffect, useState} from 'react';
import {useRules} from './rules-context.js';

/** A line of text that is written as soon as one leaves it; an empty one is put back where something must stand. */
export function TextBox({id, label, value, max, isRequired = false, onDone}: {readonly id?: string; readonly label: string; readonly value: string; readonly max: number; readonly isRequired?: boolean; readonly onDone: (text: string) => void}) {
  const {mayEdit} = useRules();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const finish = (): void => {
    const text = typed.trim();
    if (isRequired && text === '') setTyped(value);
    else if (text !== value) onDone(text);
  };
  return <Input {...(id === undefined ? {} : {id})} className="designer-rules-text" aria-label={label} placeholder={label} value={typed} maxLength={max} disabled={!mayEdit} onChange={event => setTyped(event.target.value)} onBlur={finish} onPressEnter={finish} />;
}
