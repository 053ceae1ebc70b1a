import {CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, MinusCircleOutlined, PlayCircleFilled} from '@ant-design/icons';
import {formatLength, formatMoment, useLanguage} from '@banli/ui';
import {useEffect, useRef, type ReactNode} from 'react';
import type {DiagramMarkView} from '../case/case-data.js';
import {serverClock} from '../http/api.js';
import {useUnitName} from '../frame/use-unit-name.js';
import {useText} from '../texts/hook.js';

const icons: Readonly<Record<DiagramMarkView['status'], ReactNode>> = {
  done: <CheckCircleOutlined />,
  current: <PlayCircleFilled />,
  cancelled: <CloseCircleOutlined />,
  waiting: <ClockCircleOutlined />,
  skipped: <MinusCircleOutlined />,
  ahead: <MinusCircleOutlined />,
};

/** Marks by the moment they were entered; one without a moment (a start, a gateway) stays behind the one drawn before it. */
function inOrder(marks: readonly DiagramMarkView[]): readonly DiagramMarkView[] {
  let last = 0;
  const timed = marks.map(mark => {
    last = mark.enteredAt ?? last;
    return {mark, at: last};
  });
  return timed.sort((a, b) => a.at - b.at).map(({mark}) => mark);
}

/** The marks of the drawing as a list of steps: status, who, when, how long. A click shows the step in the drawing. */
export function MarkList({marks, chosen, onChoose}: {readonly marks: readonly DiagramMarkView[]; readonly chosen: string | null; readonly onChoose: (elementId: string) => void}) {
  const t = useText();
  const language = useLanguage();
  const unitName = useUnitName();
  const list = useRef<HTMLOListElement>(null);
  const shown = inOrder(marks.filter(mark => mark.name !== '' && mark.status !== 'ahead' && mark.status !== 'skipped'));
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({block: 'nearest'});
  }, [chosen]);
  const spent = (mark: DiagramMarkView) => (mark.enteredAt === null || mark.status === 'cancelled' ? '' : formatLength((mark.leftAt ?? serverClock.now()) - mark.enteredAt, language));
  return (
    <section className="app-steps" aria-label={t('diagram.list')}>
      <h2>{t('diagram.list')}</h2>
      <ol ref={list}>
        {shown.map(mark => (
          <li key={mark.elementId} aria-current={mark.elementId === chosen} className={`app-step app-step-${mark.status}`}>
            <button type="button" onClick={() => onChoose(mark.elementId)}>
              <span className="app-step-name">
                <span className="app-step-status">
                  {icons[mark.status]}
                  {t(`diagram.${mark.status}`)}
                </span>
                {language === 'en' ? (mark.nameEn ?? mark.name) : mark.name}
                {mark.count > 1 ? ` ×${mark.count}` : ''}
              </span>
              <span className="banli-secondary">{mark.persons.map(unitName).join(language === 'en' ? ', ' : '、')}</span>
              <span className="banli-secondary">
                {mark.enteredAt === null ? '' : formatMoment(mark.enteredAt, serverClock.now(), language)}
                {spent(mark) ? ` · ${t(mark.leftAt === null ? 'diagram.sinceLength' : 'diagram.tookLength', {length: spent(mark)})}` : ''}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
