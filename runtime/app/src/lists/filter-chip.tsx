import {CloseOutlined} from '@ant-design/icons';
import {Tag} from 'antd';
import {useText} from '../texts/hook.js';

/** Something that narrows a list, to be taken away. */
export function FilterChip({label, onDrop}: {readonly label: string; readonly onDrop: () => void}) {
  const t = useText();
  return (
    <Tag
      closable
      className="app-chip"
      onClose={event => {
        event.preventDefault();
        onDrop();
      }}
      closeIcon={
        <button type="button" className="app-chip-drop" aria-label={t('inbox.dropFilter', {filter: label})}>
          <CloseOutlined aria-hidden />
        </button>
      }
    >
      {label}
    </Tag>
  );
}
