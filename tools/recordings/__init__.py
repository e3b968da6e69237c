"""Record what the portal answers, and compare two recordings: what a change of structure must leave as it was.

Fill a database with the demo, copy it with its uploads for each recording, and run on the commit before and on the one after:

    DJANGO_SETTINGS_MODULE=tools.recordings.settings DATABASE_URL=… MEDIA_ROOT=… manage.py record_answers FOLDER
    DJANGO_SETTINGS_MODULE=tools.recordings.settings manage.py compare_answers BEFORE AFTER
"""
