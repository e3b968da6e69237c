curl '{{ site }}/api/v1/practices/{{ key }}?lang=ru'
