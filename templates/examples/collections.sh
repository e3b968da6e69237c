curl '{{ site }}/api/v1/collections?lang=ru'
