"""Photographs of receipts, drawn: sharp or not, in the light or not, with what phones write in."""

import io

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont


def receipt(*, size=(1200, 1600), blur=0.0, light=1.0, table=40, lines=22):
    """Light paper with small print on a dark table."""
    picture = Image.new("RGB", size, (table, table, table))
    pen, (width, height) = ImageDraw.Draw(picture), size
    pen.rectangle((width * 0.15, height * 0.05, width * 0.85, height * 0.95), fill=(240, 240, 235))
    font = ImageFont.load_default(size=int(height * 0.02))
    for line in range(lines):
        place = (width * 0.2, height * (0.08 + line * 0.035))
        pen.text(place, f"Dinner menu {line}    {line * 3}.50", fill=(30, 30, 30), font=font)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur * width / 1200))
    return ImageEnhance.Brightness(picture).enhance(light)


def as_jpeg(picture, *, orientation=None, place=False):
    """As a phone sends it: which way it was held, where, with which device."""
    exif = Image.Exif()
    exif[0x010F] = "Paperphone"
    if orientation:
        exif[0x0112] = orientation
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (18.0, 56.0, 1.0), 3: "E", 4: (72.0, 49.0, 2.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


def photo(**facts):
    return as_jpeg(receipt(**facts), place=True)
