import { MAX_PHOTO_BYTES } from '@lampboard/protocol';
import { Image as ImageIcon, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { photoUrl } from '../../data/http/base-path.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { FileButton, FileDrop } from '../../ui/form/file-drop.tsx';

/** Of the file that is chosen. */
const MAX_FILE_MB = 20;
/** Width and height in pixels of the stored photo, sharp on dense screens in the size in which it is shown. */
const SIZE = 320;
const QUALITIES = [0.9, 0.75, 0.6, 0.45] as const;
/** Where the square begins in a portrait, as a part of what is cut off: a face is rather at the top. */
const PORTRAIT_TOP = 0.25;

type PhotoProblem = 'too-large' | 'no-image';

interface PhotoFieldProps {
  name: string;
  /** The hash of the stored photo. */
  stored: string | undefined;
  /** The `data:` address of a new one; null where it is removed; undefined where it is unchanged. */
  changed: string | null | undefined;
  onChange: (photo: string | null) => void;
}

/** The photo, with a place to drop another one. */
export function PhotoField({ name, stored, changed, onChange }: PhotoFieldProps) {
  const t = useT();
  const id = useId();
  const [problem, setProblem] = useState<PhotoProblem | null>(null);
  const photo = changed === undefined ? photoUrl(stored) : changed;
  const prepare = async (file: File) => {
    const prepared = await preparePhoto(file);
    setProblem(prepared.ok ? null : prepared.problem);
    if (prepared.ok) onChange(prepared.url);
  };
  return (
    <>
      <FileDrop
        className="photo-field"
        label={t('directory.field.photo')}
        describedBy={id}
        onFile={(file) => void prepare(file)}
      >
        <Avatar name={name} photo={photo} />
        <div>
          <div className="button-row">
            <FileButton
              Icon={ImageIcon}
              label={t('directory.choose-photo')}
              accept="image/png,image/jpeg,image/webp"
              onFile={(file) => void prepare(file)}
            />
            {photo !== null && (
              <Button onClick={() => onChange(null)}>
                <Trash2 size={16} aria-hidden="true" />
                {t('directory.remove-photo')}
              </Button>
            )}
          </div>
          <p className="field-note" id={id}>
            {t('directory.photo-note', { megabytes: MAX_FILE_MB })}
          </p>
        </div>
      </FileDrop>
      {problem !== null && <Alert>{t(`directory.photo-${problem}`, { megabytes: MAX_FILE_MB })}</Alert>}
    </>
  );
}

type PreparedPhoto =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly problem: PhotoProblem };

/** Cuts a square out of an image and makes it small enough to store; its `url` is a `data:` address. */
async function preparePhoto(file: Blob): Promise<PreparedPhoto> {
  if (file.size > MAX_FILE_MB * 1024 * 1024) return { ok: false, problem: 'too-large' };
  const image = await createImageBitmap(file).catch(() => null);
  const canvas = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE });
  const context = canvas.getContext('2d');
  if (image === null || context === null) return { ok: false, problem: 'no-image' };
  const { width, height } = image;
  const side = Math.min(width, height);
  const [left, top] = [(width - side) / 2, (height - side) * PORTRAIT_TOP];
  // Behind transparent images.
  context.fillStyle = 'white';
  context.fillRect(0, 0, SIZE, SIZE);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, left, top, side, side, 0, 0, SIZE, SIZE);
  image.close();
  const urls = QUALITIES.map((quality) => canvas.toDataURL('image/jpeg', quality));
  const url = urls.find((one) => byteLength(one) <= MAX_PHOTO_BYTES);
  return url === undefined ? { ok: false, problem: 'no-image' } : { ok: true, url };
}

/** Returns the number of bytes of a `data:` address in base64, at most two too many. */
const byteLength = (url: string) => ((url.length - url.indexOf(',') - 1) / 4) * 3;
