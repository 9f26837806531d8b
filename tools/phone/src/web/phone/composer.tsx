import { ActionIcon, FileButton, Textarea, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconPhoto } from '@tabler/icons-react';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import styles from './composer.module.css';

type ComposerProps = {
  suggestions: readonly string[];
  onSend: (text: string) => void;
  /** Left out where no picture can be sent. */
  onPicture?: ((picture: File) => void) | undefined;
  label: string;
  failure: string | null;
};

/** Enter sends, Shift+Enter breaks the line; a suggestion is sent at a tap. */
export function Composer({ suggestions, onSend, onPicture, label, failure }: ComposerProps) {
  const [text, setText] = useState('');
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === '') return;
    onSend(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
  };
  return (
    <div className={styles['composer']}>
      {suggestions.length > 0 && (
        <div className={styles['suggestions']} role="group" aria-label="Suggestions">
          {suggestions.map((suggestion) => (
            <UnstyledButton key={suggestion} className={styles['suggestion'] ?? ''} onClick={() => onSend(suggestion)}>
              {suggestion}
            </UnstyledButton>
          ))}
        </div>
      )}
      {failure !== null && (
        <p className={styles['failure']} role="alert">
          {failure}
        </p>
      )}
      <form className={styles['form']} onSubmit={send}>
        {onPicture !== undefined && (
          <FileButton onChange={(picture) => picture !== null && onPicture(picture)} accept="image/jpeg,image/png">
            {(props) => (
              <ActionIcon {...props} variant="subtle" radius="xl" size={38} aria-label="Send a picture">
                <IconPhoto size={20} stroke={1.8} />
              </ActionIcon>
            )}
          </FileButton>
        )}
        <Textarea
          className={styles['field'] ?? ''}
          classNames={{ input: styles['input'] ?? '' }}
          aria-label={label}
          placeholder={label}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1_600}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <ActionIcon
          type="submit"
          radius="xl"
          size={38}
          variant="filled"
          aria-label="Send"
          disabled={text.trim() === ''}
        >
          <IconArrowUp size={20} stroke={2.2} />
        </ActionIcon>
      </form>
    </div>
  );
}
