FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production BIND=0.0.0.0 PORT=8000 MEDIA_ROOT=/srv/media \
    XDG_CACHE_HOME=/var/cache/portal

# Pango and its fonts, for practices as PDF.
RUN apt-get update -qq \
    && apt-get install -qq -y --no-install-recommends fonts-noto-core libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/portal
COPY requirements.txt .
RUN pip install --require-hashes --only-binary :all: -r requirements.txt

COPY . .
# The secret is for this one command, which uses none.
RUN python -m ops.messages compile locale/*/LC_MESSAGES/*.po locale/wagtail/*/LC_MESSAGES/*.po \
    && SECRET_KEY=unused DATABASE_URL=sqlite:///:memory: python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system --no-create-home portal \
    # The second is for fontconfig, which else reads all fonts anew for each PDF.
    && install -d -o portal /srv/media /var/cache/portal
USER portal
VOLUME /srv/media
EXPOSE 8000
HEALTHCHECK --start-period=20s CMD ["python", "-c", \
    "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/-/ready', timeout=5)"]
CMD ["gunicorn", "--config", "ops/gunicorn.py", "--worker-tmp-dir", "/dev/shm", "portal.wsgi"]
